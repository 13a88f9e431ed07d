using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>
/// Follows the substitutions of one text, joins the pieces of each value, and gives the finished tree.
/// </summary>
internal sealed class HoconResolver
{
    // Values that repeat one another double with each line; few lines would be enough for gigabytes.
    private const int MaximumTextLength = 1 << 20;
    private const int MaximumItems = 1 << 16;

    private readonly HoconDraft _root;
    private readonly HashSet<SubstitutionPiece> _followed = new(ReferenceEqualityComparer.Instance);

    private HoconResolver(HoconDraft root) => _root = root;

    /// <exception cref="ConfigurationException">
    /// A substitution leads nowhere or back to itself, or pieces of different kinds stand side by side.
    /// </exception>
    public static HoconValue Resolve(HoconDraft root) => new HoconResolver(root).Value(root);

    private HoconValue Value(HoconDraft draft)
    {
        if (draft.Value is not null)
        {
            return draft.Value;
        }

        draft.IsOpen = true;
        var parts = new List<object>();
        foreach (var piece in draft.Pieces)
        {
            AddPart(parts, piece);
        }

        draft.IsOpen = false;
        return draft.Value = Join(draft, parts);
    }

    private void AddPart(List<object> parts, HoconPiece piece)
    {
        switch (piece)
        {
            case ObjectPiece members:
                var items = new OrderedDictionary<string, HoconValue>();
                foreach (var (key, draft) in members.Members)
                {
                    items.Add(key, Value(draft));
                }

                parts.Add(new HoconValue(new HoconObject(items)));
                break;
            case ListPiece list:
                parts.Add(new HoconValue(list.Items.Select(Value).ToList()));
                break;
            case SubstitutionPiece substitution:
                if (Target(substitution) is { } target)
                {
                    parts.Add(Follow(substitution, target));
                }

                break;
            default:
                parts.Add(piece);
                break;
        }
    }

    private HoconValue Follow(SubstitutionPiece substitution, HoconDraft target) =>
        target.IsOpen
            ? throw substitution.Position.Error(
                $"the substitution ${{{substitution.Path}}} leads back to itself")
            : Value(target);

    private HoconDraft? Target(SubstitutionPiece substitution)
    {
        if (!_followed.Add(substitution))
        {
            throw substitution.Position.Error(
                $"the substitution ${{{substitution.Path}}} leads back to itself");
        }

        var target = Find(_root, HoconPath.Split(substitution.Path), 0);
        _followed.Remove(substitution);
        if (target is null && !substitution.IsOptional)
        {
            throw substitution.Position.Error(
                $"the substitution ${{{substitution.Path}}} leads nowhere; "
                + $"define {substitution.Path}, or write "
                + $"${{?{substitution.Path}}} if it may be missing");
        }

        return target;
    }

    private HoconDraft? Find(HoconDraft draft, IReadOnlyList<string> keys, int depth)
    {
        if (depth == keys.Count)
        {
            return draft;
        }

        for (var i = draft.Pieces.Count - 1; i >= 0; i--)
        {
            var found = draft.Pieces[i] switch
            {
                ObjectPiece piece when piece.Members.TryGetValue(keys[depth], out var member) =>
                    Find(member, keys, depth + 1),
                SubstitutionPiece piece when Target(piece) is { } target => Find(target, keys, depth),
                _ => null,
            };
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    private static HoconValue Join(HoconDraft draft, List<object> parts)
    {
        var structures = parts.OfType<HoconValue>().Where(value =>
            value.IsObject() || value.IsArray()).ToList();
        if (structures.Count == 0)
        {
            return JoinTexts(draft, parts);
        }

        if (parts.Exists(part => part is TextPiece || (part is HoconValue scalar && scalar.IsString())))
        {
            throw draft.Position.Error(
                "a text stands side by side with a list or an object; put it in the list");
        }

        if (structures.TrueForAll(value => value.IsArray()))
        {
            var items = structures.SelectMany(value => value.GetArray()).Take(MaximumItems + 1).ToList();
            return items.Count <= MaximumItems
                ? new HoconValue(items)
                : throw draft.Position.Error($"the list has more than {MaximumItems} items");
        }

        return structures.TrueForAll(value => value.IsObject())
            ? structures.Aggregate((earlier, later) => HoconValue.Merge(later, earlier))
            : throw draft.Position.Error(
                "a list and an object stand side by side; only equal kinds can be joined");
    }

    private static HoconValue JoinTexts(HoconDraft draft, List<object> parts)
    {
        var meaningful = parts.FindAll(part => part is not SpacePiece);
        if (meaningful is [TextPiece { Text: "null", Quoted: false }])
        {
            return new HoconValue((string?)null);
        }

        if (meaningful is [HoconValue only])
        {
            return only;
        }

        if (meaningful.Count == 0)
        {
            return new HoconValue((string?)null);
        }

        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part switch
            {
                TextPiece piece => piece.Text,
                SpacePiece piece => piece.Text,
                HoconValue value => value.GetString(),
                _ => "",
            });
            if (text.Length > MaximumTextLength)
            {
                throw draft.Position.Error($"the text has more than {MaximumTextLength} characters");
            }
        }

        return new HoconValue(text.ToString());
    }
}
