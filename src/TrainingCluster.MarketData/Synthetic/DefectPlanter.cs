using System.Collections.Immutable;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Synthetic;

/// <summary>Spoils clean bars in known places, to see what finds it.</summary>
public static class DefectPlanter
{
    private const int Distance = 40;
    private const int GapBars = 5;
    private const int StaleBars = 20;
    private const double TickFactor = 10;

    /// <summary>
    /// Plants one defect of each kind asked for, in that order from the start on, at places that the seed chooses and
    /// at least some bars apart; kinds may repeat. Further columns are left out.
    /// </summary>
    /// <exception cref="ArgumentException">There are fewer than 40 bars a defect and 40 more.</exception>
    public static DefectiveBars Plant(BarSeries bars, ImmutableArray<DefectKind> kinds, Seed seed)
    {
        if (bars.Count < Distance * (kinds.Length + 1))
        {
            throw new ArgumentException(
                $"{kinds.Length} defects need at least {Distance * (kinds.Length + 1)} bars; there are {bars.Count}",
                nameof(bars));
        }

        var rows = Enumerable.Range(0, bars.Count).Select(t => new Row(
            bars.Times[t], bars.Open[t], bars.High[t], bars.Low[t], bars.Close[t], bars.Volume[t])).ToList();
        var stream = seed.For("defects").Stream();
        var room = bars.Count / (kinds.Length + 1);
        var defects = ImmutableArray.CreateBuilder<PlantedDefect>(kinds.Length);

        // From the back, so that places in front keep their index while rows come and go.
        for (var i = kinds.Length - 1; i >= 0; i--)
        {
            var bar = room * (i + 1) + stream.NextInt32(Math.Max(1, room - StaleBars - GapBars - 1)) - room / 2;
            Spoil(rows, kinds[i], bar);
            for (var later = 0; later < defects.Count; later++)
            {
                var shift = kinds[i] switch { DefectKind.Duplicate => 1, DefectKind.Gap => -GapBars, _ => 0 };
                defects[later] = defects[later] with { Bar = defects[later].Bar + shift };
            }

            defects.Add(new PlantedDefect(kinds[i], bar));
        }

        defects.Reverse();
        return new DefectiveBars(Draft(bars.Symbol, rows), defects.MoveToImmutable());
    }

    private static void Spoil(List<Row> rows, DefectKind kind, int bar)
    {
        var row = rows[bar];
        switch (kind)
        {
            case DefectKind.Duplicate:
                rows.Insert(bar, row);
                break;
            case DefectKind.Swap:
                (rows[bar], rows[bar + 1]) = (rows[bar + 1], row);
                break;
            case DefectKind.Gap:
                rows.RemoveRange(bar, GapBars);
                break;
            case DefectKind.Stale:
                for (var t = bar + 1; t <= bar + StaleBars; t++)
                {
                    rows[t] = new Row(rows[t].Time, row.Close, row.Close, row.Close, row.Close, 0);
                }

                break;
            default:
                rows[bar] = Spoiled(row, kind);
                break;
        }
    }

    private static Row Spoiled(Row row, DefectKind kind) => kind switch
    {
        DefectKind.BadTick => row with
        {
            Open = TickFactor * row.Open,
            High = TickFactor * row.High,
            Low = TickFactor * row.Low,
            Close = TickFactor * row.Close,
        },
        DefectKind.CrossedRange => row with { High = row.Low * 0.99, Low = row.High * 1.01 },
        DefectKind.MissingClose => row with { Close = double.NaN },
        DefectKind.NegativePrice => row with { Close = -row.Close },
        DefectKind.NegativeVolume => row with { Volume = -1 - row.Volume },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "there is no such defect"),
    };

    private static BarDraft Draft(string symbol, List<Row> rows) => new()
    {
        Symbol = symbol,
        Source = symbol,
        Times = rows.Select(row => row.Time).ToArray(),
        Open = rows.Select(row => row.Open).ToArray(),
        High = rows.Select(row => row.High).ToArray(),
        Low = rows.Select(row => row.Low).ToArray(),
        Close = rows.Select(row => row.Close).ToArray(),
        Volume = rows.Select(row => row.Volume).ToArray(),
    };

    private readonly record struct Row(
        long Time, double Open, double High, double Low, double Close, double Volume);
}
