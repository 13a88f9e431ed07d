using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>
/// An immutable tree of settings. A path is keys joined by dots; a key that holds a dot is put in double
/// quotes: <c>akka."a.b".c</c>. A getter answers its default where nothing stands at the path, and fails with
/// a <see cref="ConfigurationException"/> naming path, value and rule where the value cannot be read.
/// </summary>
public class Config
{
    private readonly HoconValue _own;

    public Config()
        : this(HoconValue.EmptyObject)
    {
    }

    internal Config(HoconValue root)
        : this(root, root)
    {
    }

    private Config(HoconValue own, HoconValue merged)
    {
        _own = own;
        Root = merged;
    }

    public static Config Empty { get; } = new();

    /// <summary>True where neither this configuration nor its fallbacks hold a value.</summary>
    public virtual bool IsEmpty => Root.IsEmpty;

    /// <summary>The tree, fallbacks included.</summary>
    public virtual HoconValue Root { get; }

    public virtual bool HasPath(string path) => Find(path) is not null;

    /// <summary>The value at <paramref name="path"/>, or null.</summary>
    public HoconValue? GetValue(string path) => Find(path);

    public virtual bool GetBoolean(string path, bool @default = false) =>
        Read(path, @default, static value => value.GetBoolean());

    public virtual int GetInt(string path, int @default = 0) =>
        Read(path, @default, static value => value.GetInt());

    public virtual long GetLong(string path, long @default = 0) =>
        Read(path, @default, static value => value.GetLong());

    public virtual float GetFloat(string path, float @default = 0) =>
        Read(path, @default, static value => value.GetFloat());

    public virtual double GetDouble(string path, double @default = 0) =>
        Read(path, @default, static value => value.GetDouble());

    public virtual decimal GetDecimal(string path, decimal @default = 0) =>
        Read(path, @default, static value => value.GetDecimal());

    public virtual string? GetString(string path, string? @default = null) =>
        Read(path, @default, static value => value.GetString());

    /// <summary>Bytes: <c>128000b</c>, <c>64 KiB</c> (1,024), <c>64 kB</c> (1,000).</summary>
    public virtual long? GetByteSize(string path, long? def = null) =>
        Read(path, def, static value => value.GetByteSize());

    /// <summary>
    /// A duration: <c>250ms</c>, <c>3 m</c>, a bare number of milliseconds, or <c>infinite</c>.
    /// </summary>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        Read(path, @default.GetValueOrDefault(), value => value.GetTimeSpan(allowInfinite));

    public virtual IList<string> GetStringList(string path) =>
        Read(path, (IList<string>)[], static value => value.GetStringList());

    public virtual IList<string> GetStringList(string path, string[] defaultPaths) =>
        Read(path, (IList<string>)defaultPaths, static value => value.GetStringList());

    public virtual IList<int> GetIntList(string path) =>
        Read(path, (IList<int>)[], static value => value.GetIntList());

    public virtual IList<long> GetLongList(string path) =>
        Read(path, (IList<long>)[], static value => value.GetLongList());

    public virtual IList<double> GetDoubleList(string path) =>
        Read(path, (IList<double>)[], static value => value.GetDoubleList());

    public virtual IList<bool> GetBooleanList(string path) =>
        Read(path, (IList<bool>)[], static value => value.GetBooleanList());

    /// <summary>The settings below <paramref name="path"/>, or null where nothing stands there.</summary>
    public virtual Config? GetConfig(string path) => Find(path) is { } value ? new Config(value) : null;

    /// <summary>
    /// This configuration with <paramref name="fallback"/> answering where it says nothing. Objects merge; a
    /// scalar or list never merges with an object.
    /// </summary>
    /// <exception cref="ArgumentException">A configuration was given itself as fallback.</exception>
    public virtual Config WithFallback(Config fallback)
    {
        ArgumentNullException.ThrowIfNull(fallback);
        if (ReferenceEquals(fallback, this))
        {
            throw new ArgumentException("Config can not have itself as fallback", nameof(fallback));
        }

        return new Config(_own, HoconValue.Merge(Root, fallback.Root));
    }

    /// <summary>The entries of the top level, own ones first, in the order of the text.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable() => Root.GetObject().Items;

    /// <summary>The settings without those of the fallbacks, as HOCON.</summary>
    public override string ToString() => ToString(false);

    public string ToString(bool includeFallback) => (includeFallback ? Root : _own).ToString();

    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    public static Config operator +(Config config, string fallback) =>
        config.WithFallback(ConfigurationFactory.ParseString(fallback));

    public static Config operator +(string configHocon, Config fallbackConfig) =>
        ConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    private HoconValue? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        HoconValue? current = Root;
        foreach (var key in HoconPath.Split(path))
        {
            current = current.GetChildObject(key);
            if (current is null)
            {
                return null;
            }
        }

        return current;
    }

    private T Read<T>(string path, T @default, Func<HoconValue, T> read)
    {
        var value = Find(path);
        if (value is null)
        {
            return @default;
        }

        try
        {
            return read(value);
        }
        catch (FormatException rule)
        {
            throw new ConfigurationException($"{path} is {value.Display}; {rule.Message}", rule);
        }
    }
}
