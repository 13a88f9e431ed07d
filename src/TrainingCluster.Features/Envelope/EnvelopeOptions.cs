using TrainingCluster.Features.Indicators;

namespace TrainingCluster.Features.Envelope;

/// <param name="Period">Bars of the simple average; 1 puts the bands around the close itself.</param>
/// <param name="Factor">Distance of a band as a share of the average, 0 to 1.</param>
/// <param name="Input">What of a bar is averaged.</param>
public sealed record EnvelopeOptions(int Period = 20, double Factor = 0.025, PriceInput Input = PriceInput.Close);
