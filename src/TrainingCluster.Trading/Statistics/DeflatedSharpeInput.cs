namespace TrainingCluster.Trading.Statistics;

/// <summary>
/// What a deflated Sharpe ratio is computed from. Every Sharpe here is per bar, never annualised.
/// </summary>
/// <param name="SharpePerBar">Of the selected trial.</param>
/// <param name="Bars">Observations behind that Sharpe, flat bars included.</param>
/// <param name="Skewness">Population skewness of the selected trial's returns.</param>
/// <param name="Kurtosis">Raw kurtosis of the same returns; normal is 3.</param>
/// <param name="Trials">How many distinct configurations were scored on this data, pruned ones
/// included.</param>
/// <param name="TrialVariance">Variance of the trials' Sharpes per bar; not read where there was one
/// trial.</param>
public sealed record DeflatedSharpeInput(
    double SharpePerBar,
    int Bars,
    double Skewness,
    RawKurtosis Kurtosis,
    int Trials,
    double TrialVariance);
