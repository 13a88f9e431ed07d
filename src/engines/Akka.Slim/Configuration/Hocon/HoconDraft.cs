namespace Akka.Configuration.Hocon;

/// <summary>Where in the text something stands; both count from 1.</summary>
internal readonly record struct HoconPosition(int Line, int Column)
{
    public ConfigurationException Error(string message) => new($"line {Line}, column {Column}: {message}");
}

/// <summary>
/// A value as it stands in the text: pieces side by side, substitutions not yet followed. A later assignment
/// to the same key replaces the pieces, unless both are objects.
/// </summary>
internal sealed class HoconDraft(HoconPosition position)
{
    public HoconPosition Position { get; } = position;

    public List<HoconPiece> Pieces { get; } = [];

    /// <summary>What the pieces came to, once followed.</summary>
    public HoconValue? Value { get; set; }

    /// <summary>True while it is being followed; to meet it again then is a cycle.</summary>
    public bool IsOpen { get; set; }

    /// <summary>The object that new members go to; a value that is no object gives way to one.</summary>
    public ObjectPiece OwnObject()
    {
        if (Pieces is [.., ObjectPiece last])
        {
            return last;
        }

        if (!Pieces.Exists(piece => piece is SubstitutionPiece))
        {
            Pieces.Clear();
        }

        var created = new ObjectPiece([]);
        Pieces.Add(created);
        return created;
    }
}

internal abstract record HoconPiece;

/// <summary>Text; <c>Quoted</c> text is never trimmed, nor read as null.</summary>
internal sealed record TextPiece(string Text, bool Quoted) : HoconPiece;

/// <summary>Spaces between two pieces on one line.</summary>
internal sealed record SpacePiece(string Text) : HoconPiece;

internal sealed record ListPiece(IReadOnlyList<HoconDraft> Items) : HoconPiece;

internal sealed record ObjectPiece(OrderedDictionary<string, HoconDraft> Members) : HoconPiece;

/// <summary><c>${path}</c>, or <c>${?path}</c>, which vanishes where nothing stands at the path.</summary>
internal sealed record SubstitutionPiece(string Path, bool IsOptional, HoconPosition Position) : HoconPiece;
