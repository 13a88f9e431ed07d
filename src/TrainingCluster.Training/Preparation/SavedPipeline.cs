using TrainingCluster.Features.Preprocessing;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Models.Artifacts;

namespace TrainingCluster.Training.Preparation;

/// <summary>A fitted pipeline as it is saved with a model.</summary>
/// <param name="Fitted">Its steps, what they learned, and from which bars.</param>
/// <param name="Sha256">Of its JSON text.</param>
public sealed record SavedPipeline(FittedPipeline Fitted, Digest Sha256)
{
    public static SavedPipeline Of(FittedPipeline fitted) => new(fitted, fitted.Digest);

    /// <exception cref="ArtifactFormatException">It is of another format, or not the one that was saved.</exception>
    public SavedPipeline Verified() =>
        Fitted.Format != FittedPipeline.CurrentFormat ? throw new ArtifactFormatException(
            $"its pipeline has format {Fitted.Format}; this program reads {FittedPipeline.CurrentFormat}")
        : Fitted.Steps.IsDefaultOrEmpty ? throw new ArtifactFormatException("its pipeline has no steps")
        : Fitted.Digest != Sha256 ? throw new ArtifactFormatException(
            $"its pipeline has digest {Fitted.Digest.Short}; {Sha256.Short} was saved")
        : this;

    /// <exception cref="PreprocessorMismatchException">It was fitted on the bar or a later one.</exception>
    public SavedPipeline FittedBefore(BarSeries bars, int bar) => Fitted.FittedOn.LastTime < bars.Times[bar]
        ? this
        : throw new PreprocessorMismatchException(
        [
            $"it was fitted on bars up to {Stamp(Fitted.FittedOn.LastTime)}; validation begins at "
            + Stamp(bars.Times[bar]),
        ]);

    private static string Stamp(long time) => FormattableString.Invariant(
        $"{DateTimeOffset.FromUnixTimeMilliseconds(time):yyyy-MM-dd HH:mm}Z");
}
