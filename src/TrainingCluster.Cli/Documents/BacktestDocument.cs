using TrainingCluster.Trading.Accounts;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Verdicts;

namespace TrainingCluster.Cli.Documents;

/// <summary>A backtest as commands print it in JSON; ratios are per one.</summary>
internal sealed record BacktestDocument(
    string Subject,
    IReadOnlyList<BacktestMarketDocument> Markets,
    DateTimeOffset From,
    DateTimeOffset To,
    PerformanceMetrics Strategy,
    PerformanceMetrics BuyAndHold,
    double Turnover,
    IReadOnlyList<CostSensitivity> CostSensitivity,
    IReadOnlyList<BacktestTradeDocument> Trades,
    BacktestAccountDocument? Account,
    string? Report,
    EvidenceDocument Evidence,
    FieldDocument Field,
    string? Warning)
{
    public static BacktestDocument Of(BacktestStudy study, StudyEvidence evidence, string? report)
    {
        DateTimeOffset Time(int moment) => DateTimeOffset.FromUnixTimeMilliseconds(
            study.Account is { } account
                ? account.TimesUtcMilliseconds[moment]
                : study.Markets[0].Times[moment]);
        return new BacktestDocument(
            study.Subject,
            [
                .. study.Markets.Select(bars =>
                    new BacktestMarketDocument(bars.Symbol, bars.Count, bars.Digest.ToString())),
            ],
            DateTimeOffset.FromUnixTimeMilliseconds(study.Track.Times.FirstOrDefault()),
            DateTimeOffset.FromUnixTimeMilliseconds(study.Track.Times.LastOrDefault()),
            study.Track.Metrics,
            study.BuyAndHold.Metrics,
            study.Track.Result.Turnover,
            study.Sensitivity,
            [
                .. study.Track.Result.Trades.Select(trade => new BacktestTradeDocument(
                    Time(trade.EntryBar), Time(trade.ExitBar), trade.Direction, trade.NetReturn, trade.IsClosed)),
            ],
            study.Account is { } own
                ? new BacktestAccountDocument(
                    own.Equity.LastOrDefault(), own.Cash, own.Fees, own.Friction, own.Borrowing, own.Events)
                : null,
            report,
            EvidenceDocument.Of(evidence.Track),
            FieldDocument.Of(evidence.Field),
            study.Warning);
    }
}

internal sealed record BacktestMarketDocument(string Symbol, int Bars, string Digest);

internal sealed record BacktestTradeDocument(
    DateTimeOffset Entry, DateTimeOffset Exit, int Direction, double NetReturn, bool IsClosed);

internal sealed record BacktestAccountDocument(
    double Equity, double Cash, double Fees, double Friction, double Borrowing, IReadOnlyList<AccountEvent> Events);
