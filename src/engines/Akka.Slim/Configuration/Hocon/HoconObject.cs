namespace Akka.Configuration.Hocon;

/// <summary>Keys with their values, in the order of the text.</summary>
public class HoconObject
{
    internal static readonly HoconObject Empty = new([]);

    private readonly OrderedDictionary<string, HoconValue> _items;

    internal HoconObject(OrderedDictionary<string, HoconValue> items) => _items = items;

    public IDictionary<string, HoconValue> Items => _items;

    /// <summary>
    /// The value of a key, or null. The key is taken as it is: dots do not lead further down.
    /// </summary>
    public HoconValue? GetKey(string key) => _items.GetValueOrDefault(key);

    internal HoconObject MergeWith(HoconObject fallback)
    {
        if (fallback._items.Count == 0)
        {
            return this;
        }

        var merged = new OrderedDictionary<string, HoconValue>(_items);
        foreach (var (key, value) in fallback._items)
        {
            merged[key] = merged.TryGetValue(key, out var own) ? HoconValue.Merge(own, value) : value;
        }

        return new HoconObject(merged);
    }
}
