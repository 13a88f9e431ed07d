using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TrainingCluster.Node.Reporting.Charts;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Node.Reporting;

/// <summary>How each job learned: its losses or rewards, with what happened on the way.</summary>
internal static class TrainingSection
{
    /// <summary>Curves that answer a question of their own; the others stay in the evaluation file.</summary>
    private static readonly (string Question, string[] Names)[] Panels =
    [
        ("Did the loss fall, on validation too?", ["loss", "train_loss", "val_loss", "validation_loss"]),
        ("Did the reward rise?", ["reward", "episode_reward", "mean_reward"]),
        ("Did the choice get better on validation?", ["validation_sharpe", "val_sharpe"]),
    ];

    private const int FewEvents = 4;

    public static string Render(IEnumerable<ReportedJob> jobs)
    {
        var html = new StringBuilder("<h2>Training</h2>");
        foreach (var job in jobs)
        {
            html.Append($"<h3>{Html.Text(job.JobId)} <span class=\"chip "
                + $"{job.Status}\">{Html.Text(job.Status)}</span></h3>");
            if (job.Reason is { Length: > 0 } reason)
            {
                html.Append($"<p class=\"note\">{Html.Text(reason)}</p>");
            }

            if (job.Evaluation is { } evaluation)
            {
                html.Append(Charts(evaluation)).Append(Events(evaluation.Events));
            }
        }

        return html.ToString();
    }

    private static string Charts(JobEvaluation evaluation)
    {
        var html = new StringBuilder();
        foreach (var (question, names) in Panels)
        {
            var curves = evaluation.Curves
                .Where(curve => names.Contains(curve.Name) && curve.Values.Count(value => value is not null) > 1)
                .ToArray();
            if (curves.Length > 0)
            {
                html.Append(Html.Figure(ChartOf(question, curves, evaluation.Events)));
            }
        }

        return html.ToString();
    }

    private static Chart ChartOf(string question, TrainingCurve[] curves, ImmutableArray<TrainingEvent> events)
    {
        var steps = curves.SelectMany(curve => curve.Steps).Distinct().Order().ToArray();
        return new Chart
        {
            Title = question,
            Series = [.. curves.Select((curve, index) => new ChartSeries(
                $"{curve.Phase}: {curve.Name.Replace('_', ' ')}", Align(curve, steps), index % 8))],
            PointLabel = point => string.Create(CultureInfo.InvariantCulture, $"step {steps[point]}"),
            Events =
            [
                .. from happened in events
                   where curves.Any(curve => curve.Phase == happened.Phase)
                   let place = Array.BinarySearch(steps, happened.Step)
                   select new ChartEvent(
                       Math.Min(place < 0 ? ~place : place, steps.Length - 1), $"{happened.Kind}: {happened.Detail}"),
            ],
            Height = 170,
        };
    }

    /// <summary>Curves of different phases share one axis; between its own points a curve is drawn straight.</summary>
    private static ImmutableArray<double> Align(TrainingCurve curve, long[] steps)
    {
        var values = new double[steps.Length];
        Array.Fill(values, double.NaN);
        var previous = -1;
        for (var i = 0; i < curve.Steps.Length; i++)
        {
            var place = Array.BinarySearch(steps, curve.Steps[i]);
            values[place] = curve.Values[i] ?? double.NaN;
            for (var between = previous + 1; previous >= 0 && between < place; between++)
            {
                var share = (double)(steps[between] - steps[previous]) / (steps[place] - steps[previous]);
                values[between] = values[previous] + share * (values[place] - values[previous]);
            }

            previous = place;
        }

        return [.. values];
    }

    private static string Events(ImmutableArray<TrainingEvent> events)
    {
        if (events.IsDefaultOrEmpty)
        {
            return "";
        }

        var lines = string.Join("<br>", events.Select(happened => Html.Text(string.Create(
            CultureInfo.InvariantCulture, $"{happened.Phase}, step {happened.Step}: {happened.Kind} "
                + $"({happened.Detail})"))));
        return events.Length <= FewEvents
            ? $"<p class=\"note\">{lines}</p>"
            : $"<details><summary>{events.Length} events</summary><p class=\"note\">{lines}</p></details>";
    }
}
