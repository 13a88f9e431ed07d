using System.Collections;

namespace Akka.TestKit.Internal;

/// <summary>Equality as tests mean it: of sequences by their items, of all else by the type's own.</summary>
internal static class StructuralEquality<T>
{
    public static bool AreEqual(T expected, T actual)
    {
        if (EqualityComparer<T>.Default.Equals(expected, actual))
            return true;
        return expected is IEnumerable some and not string && actual is IEnumerable others and not string
            && some.Cast<object?>().SequenceEqual(others.Cast<object?>(), Items.Instance);
    }

    private sealed class Items : IEqualityComparer<object?>
    {
        public static readonly Items Instance = new();

        public new bool Equals(object? x, object? y) => StructuralEquality<object?>.AreEqual(x, y);

        public int GetHashCode(object? obj) => 0;
    }
}
