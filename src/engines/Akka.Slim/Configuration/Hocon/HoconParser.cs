namespace Akka.Configuration.Hocon;

/// <summary>
/// Reads the grammar: objects with or without outer braces, dotted and quoted keys, <c>=</c> and <c>:</c>,
/// members parted by commas or line ends, lists, values of several pieces on one line, substitutions,
/// comments from <c>#</c> and <c>//</c>.
/// </summary>
internal sealed class HoconParser
{
    /// <summary>
    /// Objects and lists within one another; deeper is refused, so no text can exhaust the stack.
    /// </summary>
    private const int MaximumDepth = 256;

    private readonly HoconReader _reader;
    private int _depth;

    private HoconParser(string text) => _reader = new HoconReader(text);

    /// <exception cref="ConfigurationException">The text breaks the grammar.</exception>
    public static HoconDraft Parse(string text)
    {
        var parser = new HoconParser(text);
        var root = new HoconDraft(parser._reader.Position);
        parser.ParseRoot(root.OwnObject());
        return root;
    }

    private void ParseRoot(ObjectPiece root)
    {
        _reader.SkipBlank();
        if (_reader.Current == '{')
        {
            ParseBraced(root);
            _reader.SkipBlank();
        }
        else
        {
            ParseMembers(root);
        }

        if (!_reader.AtEnd)
        {
            throw _reader.Unexpected("the end of the text");
        }
    }

    private void ParseBraced(ObjectPiece target)
    {
        var start = _reader.Position;
        Enter(start);
        _reader.Take();
        ParseMembers(target);
        if (_reader.Current != '}')
        {
            throw _reader.AtEnd
                ? start.Error("the object opened here is not closed")
                : _reader.Unexpected("a key or '}'");
        }

        _reader.Take();
        _depth--;
    }

    private void ParseMembers(ObjectPiece target)
    {
        _reader.SkipBlank();
        while (!_reader.AtEnd && _reader.Current != '}')
        {
            ParseMember(target);
            var separated = _reader.SkipBlank();
            if (_reader.Current == ',')
            {
                _reader.Take();
                _reader.SkipBlank();
            }
            else if (!separated && !_reader.AtEnd && _reader.Current != '}')
            {
                throw _reader.Unexpected("a comma, a line end or '}'");
            }
        }
    }

    private void ParseMember(ObjectPiece target)
    {
        var position = _reader.Position;
        var keys = ParseKeys();
        var members = target.Members;
        foreach (var key in keys.SkipLast(1))
        {
            members = Child(members, key, position).OwnObject().Members;
        }

        var draft = Child(members, keys[^1], position);
        SkipSpaces();
        if (_reader.Current == '{')
        {
            ParseBraced(draft.OwnObject());
            return;
        }

        if (_reader.Current is not ('=' or ':'))
        {
            throw _reader.Unexpected($"'=', ':' or '{{' after the key {HoconPath.Join(keys)}");
        }

        if (keys[^1].EndsWith('+'))
        {
            throw position.Error("'+=' is not supported; write key = ${key} [item]");
        }

        _reader.Take();
        _reader.SkipBlank();
        Assign(draft, ParseValue($"the value of {HoconPath.Join(keys)}"));
    }

    private static HoconDraft Child(
        OrderedDictionary<string, HoconDraft> members, string key, HoconPosition position)
    {
        if (!members.TryGetValue(key, out var draft))
        {
            draft = new HoconDraft(position);
            members.Add(key, draft);
        }

        return draft;
    }

    private static void Assign(HoconDraft draft, List<HoconPiece> pieces)
    {
        if (pieces is [ObjectPiece added] && draft.Pieces is [.., ObjectPiece own])
        {
            MergeInto(own, added);
            return;
        }

        draft.Pieces.Clear();
        draft.Pieces.AddRange(pieces);
    }

    private static void MergeInto(ObjectPiece own, ObjectPiece added)
    {
        foreach (var (key, draft) in added.Members)
        {
            if (own.Members.TryGetValue(key, out var existing))
            {
                Assign(existing, draft.Pieces);
            }
            else
            {
                own.Members.Add(key, draft);
            }
        }
    }

    private List<string> ParseKeys()
    {
        var keys = new List<string>();
        while (true)
        {
            keys.Add(ParseKey());
            if (_reader.Current != '.')
            {
                return keys;
            }

            _reader.Take();
        }
    }

    private string ParseKey()
    {
        if (_reader.Current == '"')
        {
            return HoconQuotes.Read(_reader);
        }

        var key = _reader.TakeWhile(static reader =>
            (reader.AtPlainText && reader.Current != '.') || reader.AtSpace).Trim();
        return key.Length > 0 ? key : throw _reader.Unexpected("a key");
    }

    private List<HoconPiece> ParseValue(string what)
    {
        var pieces = new List<HoconPiece>();
        while (true)
        {
            var space = _reader.TakeWhile(static reader => reader.AtSpace);
            var piece = ParsePiece();
            if (piece is null)
            {
                return pieces.Count > 0 ? pieces : throw _reader.Unexpected(what);
            }

            if (space.Length > 0 && pieces.Count > 0)
            {
                pieces.Add(new SpacePiece(space));
            }

            pieces.Add(piece);
        }
    }

    private HoconPiece? ParsePiece()
    {
        switch (_reader.Current)
        {
            case '{':
                var braced = new ObjectPiece([]);
                ParseBraced(braced);
                return braced;
            case '[':
                return ParseList();
            case '"':
                return new TextPiece(HoconQuotes.Read(_reader), Quoted: true);
            case '$':
                return ParseSubstitution();
            default:
                var text = _reader.TakeWhile(static reader => reader.AtPlainText);
                return text.Length > 0 ? new TextPiece(text, Quoted: false) : null;
        }
    }

    private ListPiece ParseList()
    {
        var start = _reader.Position;
        Enter(start);
        _reader.Take();
        var items = new List<HoconDraft>();
        _reader.SkipBlank();
        while (_reader.Current != ']')
        {
            if (_reader.AtEnd)
            {
                throw start.Error("the list opened here is not closed");
            }

            var item = new HoconDraft(_reader.Position);
            item.Pieces.AddRange(ParseValue("an item or ']'"));
            items.Add(item);
            var separated = _reader.SkipBlank();
            if (_reader.Current == ',')
            {
                _reader.Take();
                _reader.SkipBlank();
            }
            else if (!separated && _reader.Current != ']' && !_reader.AtEnd)
            {
                throw _reader.Unexpected("a comma, a line end or ']'");
            }
        }

        _reader.Take();
        _depth--;
        return new ListPiece(items);
    }

    private SubstitutionPiece ParseSubstitution()
    {
        var start = _reader.Position;
        _reader.Take();
        if (_reader.Current != '{')
        {
            throw _reader.Unexpected("'{' after '$'");
        }

        _reader.Take();
        var optional = _reader.Current == '?';
        if (optional)
        {
            _reader.Take();
        }

        var path = _reader.TakeWhile(static reader => reader.Current != '}' && !reader.AtLineEnd).Trim();
        if (_reader.Current != '}' || path.Length == 0)
        {
            throw start.Error("a substitution is written ${path} or ${?path}");
        }

        _reader.Take();
        return new SubstitutionPiece(path, optional, start);
    }

    private void SkipSpaces() => _reader.TakeWhile(static reader => reader.AtSpace);

    private void Enter(HoconPosition position)
    {
        if (++_depth > MaximumDepth)
        {
            throw position.Error($"more than {MaximumDepth} objects and lists stand within one another");
        }
    }
}
