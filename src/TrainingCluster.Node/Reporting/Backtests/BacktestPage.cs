using System.Globalization;
using System.Text;
using TrainingCluster.Node.Reporting.Charts;
using TrainingCluster.Trading.Accounts;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Verdicts;

namespace TrainingCluster.Node.Reporting.Backtests;

/// <summary>
/// A backtest as one HTML file that needs nothing else and runs no script. The same study gives the same bytes.
/// </summary>
public static class BacktestPage
{
    private const int MostTrades = 200;
    private const int MostEvents = 200;

    public static string Render(
        BacktestStudy study, StudyEvidence evidence, string command, string productVersion)
    {
        ArgumentNullException.ThrowIfNull(study);
        var title = $"Backtest of {Short(study.Subject)}";
        return Html.Page(title, new StringBuilder(Head(study, evidence.Track, title))
            .Append(Figures(study))
            .Append(Charts(study, evidence.Track))
            .Append(EvidenceSection.Render("How far can this be believed?", evidence.Track, evidence.Field))
            .Append(Years(study))
            .Append(Trades(study))
            .Append(study.Account is { } account ? Events(account) : "")
            .Append(Reproduce(study, command, productVersion)).ToString());
    }

    private static string Head(BacktestStudy study, Evidence evidence, string title)
    {
        var metrics = study.Track.Metrics;
        var verdict = metrics.SharpeLow is null
            ? $"Nothing can be said: {metrics.Undefined ?? "the interval is not defined"}."
            : evidence.DeflatedSharpe.IsDefined
                ? string.Create(CultureInfo.InvariantCulture,
                    $"Over {evidence.Trials.Count:N0} trials on these data the deflated Sharpe ratio is ")
                    + $"{Html.Number(evidence.DeflatedSharpe.Value)}: "
                    + evidence.Verdict switch
                    {
                        SkillVerdict.Skill => "evidence of skill.",
                        SkillVerdict.Weak => "weak evidence of skill.",
                        _ => "no evidence of skill.",
                    }
                : $"The Sharpe ratio could not be deflated: {evidence.DeflatedSharpe.Undefined}.";
        var html = new StringBuilder($"<h1>{Html.Text(title)}</h1>");
        foreach (var bars in study.Markets)
        {
            html.Append($"<p class=\"soft\">{Html.Text(bars.Symbol)}: {bars.Count:N0} bars from "
                + $"{Html.Day(bars.Times[0])} to {Html.Day(bars.Times[^1])}</p>");
        }

        if (study.Warning is { } warning)
        {
            html.Append($"<p class=\"lead warning\">{Html.Text(warning)}</p>");
        }

        return html.Append($"<p class=\"lead\">It returned {Html.Percent(metrics.TotalReturnRatio)} at a Sharpe "
            + $"ratio of {Html.Number(metrics.SharpeRatio)} "
            + $"[{Html.Interval(metrics.SharpeLow, metrics.SharpeHigh)}]; buy and hold returned "
            + $"{Html.Percent(study.BuyAndHold.Metrics.TotalReturnRatio)} at "
            + $"{Html.Number(study.BuyAndHold.Metrics.SharpeRatio)}. {Html.Text(verdict)}</p>").ToString();
    }

    private static string Figures(BacktestStudy study)
    {
        var (own, hold) = (study.Track, study.BuyAndHold);
        var html = new StringBuilder("<h2>Figures</h2><div class=\"scroll\"><table><thead><tr><th class=\"text\"></th>")
            .Append("<th>strategy</th><th>buy and hold</th></tr></thead><tbody>");
        void Row(string name, Func<BacktestTrack, string> value) => html
            .Append($"<tr><td class=\"text\">{name}</td><td>{Html.Text(value(own))}</td>")
            .Append($"<td>{Html.Text(value(hold))}</td></tr>");
        Row("Sharpe ratio, a year", track => Html.Number(track.Metrics.SharpeRatio));
        Row("95 % interval (studentised bootstrap)",
            track => Html.Interval(track.Metrics.SharpeLow, track.Metrics.SharpeHigh));
        Row("return", track => Html.Percent(track.Metrics.TotalReturnRatio));
        Row("largest drawdown", track => Html.Percent(-track.Metrics.MaxDrawdownRatio));
        Row("trades", track => track.Metrics.Trades.ToString("N0", CultureInfo.InvariantCulture));
        Row("win rate", track => Share(track.Metrics.WinRate));
        Row("profit factor",
            track => track.Metrics.ProfitFactorIsInfinite ? "∞" : Html.Number(track.Metrics.ProfitFactor));
        Row("exposure", track => Share(track.Metrics.Exposure));
        Row("turnover", track => Html.Number(track.Result.Turnover, "0.0"));
        return html.Append("</tbody></table></div>").ToString();
    }

    private static string Share(double? ratio) => ratio is { } known ? Html.Number(known * 100, "0.0") + "%" : "–";

    private static string Charts(BacktestStudy study, Evidence evidence)
    {
        var times = study.Track.Times;
        var worst = evidence.DrawdownTimes is { } fell
            ? $"the strategy's deepest: {Html.Percent(-evidence.WorstDrawdown.Ratio)}, from "
                + $"{Html.Day(fell.From.ToUnixTimeMilliseconds())} to {Html.Day(fell.To.ToUnixTimeMilliseconds())}"
            : "";
        return EquityCharts.Render(
            [
                new ChartSeries("strategy", study.Track.Result.Equity, 0),
                new ChartSeries("buy and hold", study.BuyAndHold.Result.Equity, EquityCharts.BenchmarkStyle)
                {
                    Dashed = true,
                },
            ],
            point => times.IsEmpty ? "" : Html.Day(times[Math.Clamp(point - 1, 0, times.Length - 1)]),
            "net of costs",
            worst);
    }

    private static string Years(BacktestStudy study)
    {
        var years = study.Track.Times
            .Select((time, i) => (DateTimeOffset.FromUnixTimeMilliseconds(time).Year, Point: i))
            .GroupBy(moment => moment.Year, moment => moment.Point)
            .Select(group => (group.Key, First: group.Min(), Last: group.Max()));
        var html = new StringBuilder("<h2>Year by year</h2><div class=\"scroll\"><table><thead><tr>")
            .Append("<th class=\"text\">year</th><th>strategy</th><th>buy and hold</th></tr></thead><tbody>");
        foreach (var (year, first, last) in years)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"text\">{year}</td>")
                .Append($"<td>{Html.Percent(Growth(study.Track, first, last))}</td>")
                .Append($"<td>{Html.Percent(Growth(study.BuyAndHold, first, last))}</td></tr>");
        }

        return html.Append("</tbody></table></div>").ToString();
    }

    private static double Growth(BacktestTrack track, int first, int last) =>
        track.Result.Equity[last + 1] / track.Result.Equity[first] - 1;

    private static string Trades(BacktestStudy study)
    {
        var trades = study.Track.Result.Trades;
        var html = new StringBuilder("<h2>Trades</h2><p class=\"note\">The last ")
            .Append(CultureInfo.InvariantCulture, $"{Math.Min(trades.Length, MostTrades):N0} of ")
            .Append(CultureInfo.InvariantCulture, $"{trades.Length:N0}.</p>")
            .Append("<div class=\"scroll\"><table><thead><tr><th class=\"text\">entry</th>")
            .Append("<th class=\"text\">exit</th><th class=\"text\">side</th><th>net return</th></tr></thead><tbody>");
        foreach (var trade in trades.Skip(trades.Length - MostTrades))
        {
            html.Append($"<tr><td class=\"text\">{Day(study, trade.EntryBar)}</td>")
                .Append($"<td class=\"text\">{(trade.IsClosed ? Day(study, trade.ExitBar) : "still open")}</td>")
                .Append($"<td class=\"text\">{(trade.Direction > 0 ? "long" : "short")}</td>")
                .Append($"<td>{Html.Percent(trade.NetReturn)}</td></tr>");
        }

        return html.Append("</tbody></table></div>").ToString();
    }

    private static string Day(BacktestStudy study, int moment) => Html.Day(
        study.Account is { } account ? account.TimesUtcMilliseconds[moment] : study.Markets[0].Times[moment]);

    private static string Events(AccountResult account)
    {
        var html = new StringBuilder("<h2>Account</h2><p>")
            .Append(CultureInfo.InvariantCulture, $"Fees {account.Fees:N2}; spread and slippage ")
            .Append(CultureInfo.InvariantCulture, $"{account.Friction:N2}; ")
            .Append(CultureInfo.InvariantCulture, $"borrowing {account.Borrowing:N2}.</p>")
            .Append($"<p class=\"note\">The last {Math.Min(account.Events.Length, MostEvents):N0} of ")
            .Append($"{account.Events.Length:N0} events.</p><div class=\"scroll\"><table><thead><tr>")
            .Append("<th class=\"text\">day</th><th class=\"text\">symbol</th><th class=\"text\">what</th>")
            .Append("<th>quantity</th>")
            .Append("<th>price</th><th>fee</th><th class=\"text\">why</th></tr></thead><tbody>");
        foreach (var happened in account.Events.Skip(account.Events.Length - MostEvents))
        {
            html.Append($"<tr><td class=\"text\">{Html.Day(happened.TimeUtcMilliseconds)}</td>")
                .Append($"<td class=\"text\">{Html.Text(happened.Symbol)}</td>")
                .Append($"<td class=\"text\">{Words(happened.Kind)}</td>")
                .Append($"<td>{Html.Number(happened.Quantity, "0.####")}</td><td>{Html.Number(happened.Price)}</td>")
                .Append($"<td>{Html.Number(happened.Fee)}</td>")
                .Append($"<td class=\"text\">{Html.Text(happened.Detail)}</td></tr>");
        }

        return html.Append("</tbody></table></div>").ToString();
    }

    private static string Words(AccountEventKind kind) =>
        kind == AccountEventKind.FilledInPart ? "filled in part" : kind.ToString().ToLowerInvariant();

    private static string Reproduce(BacktestStudy study, string command, string productVersion)
    {
        var costs = study.Costs;
        var html = new StringBuilder("<h2>Reproduce</h2>")
            .Append($"<pre>{Html.Text(command)}</pre><p class=\"note\">{Html.Text(study.Subject)}. ")
            .Append(Html.Text(study.Warning is { } warning ? $"{warning}. " : ""))
            .Append("A decision at a close is filled at the next open. ")
            .Append(CultureInfo.InvariantCulture, $"Fee {costs.FeeRatio}, spread {costs.SpreadRatio}, slippage ")
            .Append(CultureInfo.InvariantCulture, $"{costs.VolatilitySlippage} and impact ")
            .Append(CultureInfo.InvariantCulture, $"{costs.ImpactSlippage} average ")
            .Append(CultureInfo.InvariantCulture, $"true ranges, borrowing {costs.BorrowRatioPerYear} a year. ")
            .Append($"trainctl {Html.Text(productVersion)}");
        foreach (var bars in study.Markets)
        {
            html.Append($"; {Html.Text(bars.Symbol)} {bars.Digest}");
        }

        return html.Append("</p>").ToString();
    }

    private static string Short(string text) => text.Split(['(', ':'])[0];
}
