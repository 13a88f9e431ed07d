using System.Text;

namespace Petabridge.Cmd.Client;

/// <summary>One line of typing: arrows, history, and completion with Tab.</summary>
/// <param name="readKey">The next key; waits for it.</param>
/// <param name="screen">Where the line is shown.</param>
/// <param name="complete">Words that may follow a line, from its last space on.</param>
internal sealed class LineEditor(
    Func<ConsoleKeyInfo> readKey, TextWriter screen, Func<string, IReadOnlyList<string>> complete)
{
    private const int HistoryMax = 1000;

    private readonly List<string> _history = [];
    private readonly StringBuilder _line = new();
    private int _cursor;
    private int _place;
    private string _prompt = "";

    /// <returns>Null after Ctrl+D or Ctrl+C on an empty line.</returns>
    public string? Read(string prompt)
    {
        (_prompt, _cursor, _place) = (prompt, 0, _history.Count);
        _line.Clear();
        Show();
        while (true)
        {
            var key = readKey();
            if (key.Key == ConsoleKey.Enter)
            {
                screen.Write('\n');
                return Remember(_line.ToString());
            }

            if (key is { Key: ConsoleKey.D or ConsoleKey.C, Modifiers: ConsoleModifiers.Control } && _line.Length == 0)
            {
                screen.Write('\n');
                return null;
            }

            Press(key);
            Show();
        }
    }

    private void Press(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.C when key.Modifiers == ConsoleModifiers.Control:
                _line.Clear();
                _cursor = 0;
                break;
            case ConsoleKey.Tab:
                Complete();
                break;
            case ConsoleKey.Backspace when _cursor > 0:
                _line.Remove(--_cursor, 1);
                break;
            case ConsoleKey.Delete when _cursor < _line.Length:
                _line.Remove(_cursor, 1);
                break;
            case ConsoleKey.LeftArrow:
                _cursor = Math.Max(0, _cursor - 1);
                break;
            case ConsoleKey.RightArrow:
                _cursor = Math.Min(_line.Length, _cursor + 1);
                break;
            case ConsoleKey.Home:
                _cursor = 0;
                break;
            case ConsoleKey.End:
                _cursor = _line.Length;
                break;
            case ConsoleKey.UpArrow:
                Recall(_place - 1);
                break;
            case ConsoleKey.DownArrow:
                Recall(_place + 1);
                break;
            default:
                if (!char.IsControl(key.KeyChar))
                {
                    _line.Insert(_cursor++, key.KeyChar);
                }

                break;
        }
    }

    private void Recall(int place)
    {
        _place = Math.Clamp(place, 0, _history.Count);
        _line.Clear().Append(_place < _history.Count ? _history[_place] : "");
        _cursor = _line.Length;
    }

    /// <summary>What all candidates begin with is typed; where that adds nothing, they are listed.</summary>
    private void Complete()
    {
        var before = _line.ToString(0, _cursor);
        var candidates = complete(before);
        if (candidates.Count == 0)
        {
            return;
        }

        var typed = before[(before.LastIndexOf(' ') + 1)..];
        var shared = candidates.Aggregate((left, right) => left[..left
            .Zip(right).TakeWhile(pair => pair.First == pair.Second).Count()]);
        var rest = shared[Math.Min(typed.Length, shared.Length)..] + (candidates.Count == 1 ? " " : "");
        if (rest.Length == 0)
        {
            screen.Write($"\n{string.Join("  ", candidates)}\n");
        }

        _line.Insert(_cursor, rest);
        _cursor += rest.Length;
    }

    private string Remember(string line)
    {
        if (line.Trim().Length > 0 && (_history.Count == 0 || _history[^1] != line))
        {
            _history.Add(line);
            _history.RemoveRange(0, Math.Max(0, _history.Count - HistoryMax));
        }

        return line;
    }

    // Back to the first column, the line anew, what is left of the old one away, and back to the cursor.
    private void Show()
    {
        screen.Write($"\r{_prompt}{_line}\u001b[K");
        if (_line.Length > _cursor)
        {
            screen.Write($"\u001b[{_line.Length - _cursor}D");
        }
    }
}
