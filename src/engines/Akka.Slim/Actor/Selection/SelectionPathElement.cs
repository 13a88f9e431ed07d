using System.Text.RegularExpressions;

namespace Akka.Actor;

/// <summary>One step of a selection.</summary>
public abstract class SelectionPathElement
{
    private protected SelectionPathElement()
    {
    }
}

public sealed class SelectChildName(string name) : SelectionPathElement
{
    public string Name { get; } = name;

    public override string ToString() => Name;
}

/// <summary>All children whose name fits: * is any text, ? any character.</summary>
public sealed class SelectChildPattern : SelectionPathElement
{
    private readonly Regex _regex;

    public SelectChildPattern(string patternStr)
    {
        PatternStr = patternStr;
        var escaped = Regex.Escape(patternStr).Replace("\\*", ".*").Replace("\\?", ".");
        _regex = new Regex($"^{escaped}$", RegexOptions.CultureInvariant);
    }

    public string PatternStr { get; }

    internal bool IsMatch(string name) => _regex.IsMatch(name);

    public override string ToString() => PatternStr;
}

public sealed class SelectParent : SelectionPathElement
{
    public override string ToString() => "..";
}
