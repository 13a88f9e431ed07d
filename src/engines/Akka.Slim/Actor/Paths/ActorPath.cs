using System.Diagnostics.CodeAnalysis;
using System.Text;
using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// Names an actor by its place in the tree. Equality looks at address and elements; the uid, which tells
/// incarnations
/// of one name apart, is compared by references only.
/// </summary>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>, ISurrogated
{
    /// <summary>Characters besides letters, digits and %hh that a name may contain.</summary>
    public const string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    private int _hash;

    private protected ActorPath(string name, long uid)
    {
        Name = name;
        Uid = uid;
    }

    public string Name { get; }

    /// <summary>Distinguishes incarnations; 0 = any.</summary>
    public long Uid { get; }

    public abstract Address Address { get; }

    public abstract ActorPath Parent { get; }

    public abstract ActorPath Root { get; }

    public abstract int Depth { get; }

    /// <summary>The names from below the root down to this path.</summary>
    public IReadOnlyList<string> Elements
    {
        get
        {
            var names = new string[Depth];
            var path = this;
            for (var i = names.Length - 1; i >= 0; i--, path = path.Parent)
                names[i] = path.Name;
            return names;
        }
    }

    internal IReadOnlyList<string> ElementsWithUid
    {
        get
        {
            var names = (string[])Elements;
            if (Uid != 0 && names.Length > 0)
                names[^1] = AppendUid(Name);
            return names;
        }
    }

    public static ActorPath operator /(ActorPath path, string name) => new ChildActorPath(path, name, 0);

    public static ActorPath operator /(ActorPath path, IEnumerable<string> name) =>
        name.Where(part => part.Length > 0).Aggregate(path, (parent, part) => parent / part);

    public static bool operator ==(ActorPath? left, ActorPath? right) =>
        left is null ? right is null : left.Equals(right);

    public static bool operator !=(ActorPath? left, ActorPath? right) => !(left == right);

    public static bool IsValidPathElement(string s) => ActorPathSyntax.IsValidElement(s);

    public static string FormatPathElements(IEnumerable<string> pathElements) =>
        "/" + string.Join('/', pathElements);

    public static ActorPath Parse(string path) =>
        TryParse(path, out var parsed)
            ? parsed
            : throw new UriFormatException(
                $"'{path}' is no actor path; expected protocol://system[@host:port]/name/….");

    public static bool TryParse(string path, [NotNullWhen(true)] out ActorPath? actorPath) =>
        ActorPathSyntax.TryParse(path, out actorPath);

    public static bool TryParseAddress(string path, [NotNullWhen(true)] out Address? address) =>
        Address.TryParse(path, out address);

    public ActorPath Child(string childName) => this / childName;

    /// <param name="depth">0 = this path; n &gt; 0 counts from the root; n &lt; 0 goes up.</param>
    public ActorPath ParentOf(int depth)
    {
        var target = depth >= 0 ? depth : Math.Max(0, Depth + depth);
        var current = this;
        while (current.Depth > target)
            current = current.Parent;
        return current;
    }

    public abstract ActorPath WithUid(long uid);

    public string ToStringWithoutAddress() => Append(new StringBuilder()).ToString();

    public override string ToString() => ToStringWithAddress();

    public string ToStringWithAddress() => ToStringWithAddress(Address);

    /// <summary>With the given address where this path has none of its own host.</summary>
    public string ToStringWithAddress(Address address) =>
        Append(new StringBuilder((Address.HasGlobalScope ? Address : address).ToString())).ToString();

    public string ToStringWithUid() => AppendUid(ToStringWithAddress());

    public string ToSerializationFormat() => AppendUid(ToStringWithAddress());

    public string ToSerializationFormatWithAddress(Address address) =>
        AppendUid(ToStringWithAddress(address));

    public ISurrogate ToSurrogate(ActorSystem system) => new Surrogate(ToSerializationFormat());

    public bool Equals(ActorPath? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || Depth != other.Depth)
            return false;
        ActorPath mine = this, theirs = other;
        while (mine.Depth > 0)
        {
            if (mine.Name != theirs.Name)
                return false;
            mine = mine.Parent;
            theirs = theirs.Parent;
            if (ReferenceEquals(mine, theirs))
                return true;
        }
        return mine.Address.Equals(theirs.Address) && mine.Name == theirs.Name;
    }

    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    public override int GetHashCode()
    {
        if (_hash == 0)
            _hash = Depth == 0
                ? HashCode.Combine(Address, Name) : HashCode.Combine(Parent.GetHashCode(), Name);
        return _hash;
    }

    public int CompareTo(ActorPath? other)
    {
        if (other is null)
            return 1;
        var result = Address.CompareTo(other.Address);
        return result != 0
            ? result
            : string.CompareOrdinal(ToStringWithoutAddress(), other.ToStringWithoutAddress());
    }

    private StringBuilder Append(StringBuilder text)
    {
        if (Depth == 0)
            return text.Append(Name);
        foreach (var element in Elements)
            text.Append('/').Append(element);
        return text;
    }

    private string AppendUid(string text) => Uid == 0 ? text : text + "#" + Uid;

    public sealed class Surrogate(string path) : ISurrogate
    {
        public string Path { get; } = path;

        public ISurrogated? FromSurrogate(ActorSystem system) =>
            TryParse(Path, out var parsed) ? parsed : null;
    }
}
