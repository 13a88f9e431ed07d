using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace TrainingCluster.Api.Telemetry;

/// <summary>
/// The figures of some meters as Prometheus reads them (text format 0.0.4). OpenTelemetry's names become Prometheus'
/// own: <c>trainctl.job.duration</c> in seconds is <c>training_job_duration_seconds</c>, counters end in <c>_total</c>,
/// gauges without a unit in braces whose unit is 1 in <c>_ratio</c>.
/// </summary>
internal sealed class PrometheusText : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>More series of one instrument are not kept: labels must be bounded.</summary>
    private const int SeriesMax = 500;

    private static readonly double[] Bounds =
        [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 7_200, 86_400];

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Family> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener;

    /// <param name="isWanted">Which meters are told.</param>
    public PrometheusText(Func<Meter, bool> isWanted)
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (isWanted(instrument.Meter))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Take(i, value, tags));
        _listener.SetMeasurementEventCallback<float>((i, value, tags, _) => Take(i, value, tags));
        _listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Take(i, value, tags));
        _listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Take(i, value, tags));
        _listener.Start();
    }

    public string Render()
    {
        lock (_gate)
        {
            // What is only looked at now begins anew, or a series that is gone would stay.
            foreach (var family in _families.Values.Where(family => family.IsObserved))
            {
                family.Series.Clear();
            }

            _listener.RecordObservableInstruments();
            var text = new StringBuilder();
            foreach (var (name, family) in _families)
            {
                family.Write(text, name);
            }

            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>What Prometheus calls an instrument.</summary>
    public static string NameOf(Instrument instrument)
    {
        var name = instrument.Name.StartsWith("trainctl.", StringComparison.Ordinal)
            ? "training." + instrument.Name["trainctl.".Length..]
            : instrument.Name;
        var suffix = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "1" => "_ratio",
            _ => "",
        };
        return Plain(name) + suffix + (IsCounter(instrument) ? "_total" : "");
    }

    private static bool IsCounter(Instrument instrument) => TypeOf(instrument) is "Counter" or "ObservableCounter";

    private static string TypeOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0];

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_gate)
        {
            var name = NameOf(instrument);
            if (!_families.TryGetValue(name, out var family))
            {
                family = _families[name] = new Family(instrument.Description ?? "", TypeOf(instrument));
            }

            var labels = LabelsOf(tags);
            if (!family.Series.TryGetValue(labels, out var series))
            {
                if (family.Series.Count == SeriesMax)
                {
                    return;
                }

                series = family.Series[labels] = new Series();
            }

            series.Add(value, family.IsHistogram, family.IsSum);
        }
    }

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>(tags.Length);
        foreach (var (key, value) in tags)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            labels.Add($"{Plain(key)}=\"{text.Replace("\\", @"\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\"");
        }

        labels.Sort(StringComparer.Ordinal);
        return string.Join(',', labels);
    }

    private static string Plain(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private sealed class Family(string help, string type)
    {
        public bool IsHistogram => type == "Histogram";

        public bool IsObserved => type.StartsWith("Observable", StringComparison.Ordinal);

        /// <summary>Each measurement is added; of others the last counts.</summary>
        public bool IsSum => type is "Counter" or "UpDownCounter";

        public SortedDictionary<string, Series> Series { get; } = new(StringComparer.Ordinal);

        public void Write(StringBuilder text, string name)
        {
            if (Series.Count == 0)
            {
                return;
            }

            var kind = IsHistogram ? "histogram" : type is "Counter" or "ObservableCounter" ? "counter" : "gauge";
            text.Append($"# HELP {name} {help.Replace("\\", @"\\").Replace("\n", " ")}\n# TYPE {name} {kind}\n");
            foreach (var (labels, series) in Series)
            {
                series.Write(text, name, labels, IsHistogram);
            }
        }
    }

    private sealed class Series
    {
        private readonly long[] _buckets = new long[Bounds.Length];
        private double _value;
        private long _count;

        public void Add(double value, bool isHistogram, bool isSum)
        {
            _value = isHistogram || isSum ? _value + value : value;
            _count++;
            if (isHistogram && Array.FindIndex(Bounds, bound => value <= bound) is >= 0 and var place)
            {
                _buckets[place]++;
            }
        }

        public void Write(StringBuilder text, string name, string labels, bool isHistogram)
        {
            var own = labels.Length == 0 ? "" : $"{{{labels}}}";
            if (!isHistogram)
            {
                text.Append($"{name}{own} {Text(_value)}\n");
                return;
            }

            var (sum, before) = (0L, labels.Length == 0 ? "" : labels + ",");
            for (var i = 0; i < Bounds.Length; i++)
            {
                sum += _buckets[i];
                text.Append($"{name}_bucket{{{before}le=\"{Text(Bounds[i])}\"}} {sum}\n");
            }

            text.Append($"{name}_bucket{{{before}le=\"+Inf\"}} {_count}\n{name}_sum{own} {Text(_value)}\n");
            text.Append($"{name}_count{own} {_count}\n");
        }
    }
}
