using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>
/// One value: an object, a list, a text, or null. Getters fail with a <see cref="FormatException"/> whose
/// message is the rule that was broken; <see cref="Config"/> adds path and value.
/// </summary>
public class HoconValue
{
    internal static readonly HoconValue EmptyObject = new(HoconObject.Empty);

    private readonly HoconObject? _object;
    private readonly IReadOnlyList<HoconValue>? _list;
    private readonly string? _text;

    internal HoconValue(HoconObject value) => _object = value;

    internal HoconValue(IReadOnlyList<HoconValue> value) => _list = value;

    internal HoconValue(string? value) => _text = value;

    public bool IsEmpty => _object is not null ? _object.Items.Count == 0 : _list is null && _text is null;

    internal string Display =>
        _text is null && _list is null && _object is null ? "null" : HoconWriter.Inline(this);

    public bool IsObject() => _object is not null;

    public bool IsArray() => _list is not null;

    public bool IsString() => _text is not null;

    /// <summary>The object, or an empty one where the value is none.</summary>
    public HoconObject GetObject() => _object ?? HoconObject.Empty;

    /// <summary>The value of a key of this object, or null.</summary>
    public HoconValue? GetChildObject(string key) => _object?.GetKey(key);

    /// <summary>The text, or null for null, a list or an object.</summary>
    public string? GetString() => _text;

    public IList<HoconValue> GetArray() => _list is null ? [] : [.. _list];

    public bool GetBoolean() => _text switch
    {
        "on" or "true" => true,
        "off" or "false" => false,
        _ => throw new FormatException("it must be on, off, true or false"),
    };

    public int GetInt() =>
        int.TryParse(_text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"it must be a whole number from {int.MinValue} to {int.MaxValue}");

    public long GetLong() =>
        long.TryParse(_text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"it must be a whole number from {long.MinValue} to {long.MaxValue}");

    public float GetFloat() => (float)GetDouble();

    public double GetDouble() =>
        double.TryParse(_text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException("it must be a number");

    public decimal GetDecimal() =>
        decimal.TryParse(_text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException("it must be a decimal number");

    public TimeSpan GetTimeSpan(bool allowInfinite = true) => HoconUnits.Duration(_text, allowInfinite);

    public long? GetByteSize() => HoconUnits.Size(_text);

    public IList<string> GetStringList() => List(static item => item.GetString() ?? "");

    public IList<int> GetIntList() => List(static item => item.GetInt());

    public IList<long> GetLongList() => List(static item => item.GetLong());

    public IList<double> GetDoubleList() => List(static item => item.GetDouble());

    public IList<bool> GetBooleanList() => List(static item => item.GetBoolean());

    public Config ToConfig() => new(this);

    /// <summary>The value as HOCON text that reads back to the same value.</summary>
    public override string ToString() => HoconWriter.Write(this);

    internal static HoconValue Merge(HoconValue own, HoconValue fallback) =>
        own._object is { } mine && fallback._object is { } other
            ? new HoconValue(mine.MergeWith(other))
            : own;

    private List<T> List<T>(Func<HoconValue, T> read)
    {
        if (_list is null)
        {
            throw new FormatException("it must be a list such as [a, b]");
        }

        return _list.Select(read).ToList();
    }
}
