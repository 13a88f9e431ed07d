using TrainingCluster.Features.Splits;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.Preparation;

/// <summary>Whether the bars of a run are enough, before anything of it starts.</summary>
public static class RunSufficiency
{
    /// <summary>
    /// Splits the bars for every strategy the way the encoders do. Later stages split as their encoder did, so that a
    /// run from earlier versions on the same bars passes here too.
    /// </summary>
    /// <exception cref="RunSpecException">The spec cannot be run; all violations are listed.</exception>
    /// <exception cref="InsufficientDataException">Too few bars; the message says how many are needed.</exception>
    /// <exception cref="PreprocessingException">A template does not fit the bars.</exception>
    public static void Require(RunSpec spec, BarPanel bars)
    {
        RunPlan.Jobs(spec);
        var encoder = CnnLstmOptions.From(RunPlan.Numbers(spec, Stage.CnnLstm, null));
        var shortages = spec.Strategies
            .Select(strategy => Shortage(spec, bars, spec.Definitions.Named(strategy), encoder))
            .OfType<InsufficientDataException>();
        if (shortages.MaxBy(shortage => shortage.Needed) is { } worst)
        {
            throw worst;
        }
    }

    private static InsufficientDataException? Shortage(
        RunSpec spec, BarPanel bars, NamedRule strategy, CnnLstmOptions encoder)
    {
        try
        {
            var data = DataPreparation.Prepare(
                bars, strategy, encoder.Window, template: RunPlan.Template(spec, Stage.CnnLstm, null));
            RequireAgents(spec, data);
            data = encoder.MetaLabels ? SetUpLabels.Of(data, spec.Costs) : data;
            var folds = AlignedFolds.Create(
                data.Panel, data.Bars(split => split.Train), encoder.Folds,
                [.. data.Markets.Select(market => market.Labels)],
                Embargo.Bars(encoder.Window, data.Matrix.FirstValidRow));
            if (encoder.MetaLabels && spec.Stages.Contains(Stage.CnnLstm))
            {
                SetUpLabels.Require(data, folds, strategy.Name);
            }

            return null;
        }
        catch (InsufficientDataException shortage)
        {
            return shortage;
        }
    }

    /// <summary>Only where agents are trained: later stages read what their agent was fitted with.</summary>
    private static void RequireAgents(RunSpec spec, PreparedMarkets data)
    {
        foreach (var agent in spec.Stages.Contains(Stage.Agent) ? spec.Agents : [])
        {
            if (RunPlan.Template(spec, Stage.Agent, agent) is { } template)
            {
                ModelPipelines.State(template, data.Panel, data.Preprocessor.Pipelines);
            }
        }
    }
}
