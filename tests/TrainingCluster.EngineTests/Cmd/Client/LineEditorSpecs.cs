using Petabridge.Cmd;
using Petabridge.Cmd.Client;
using Petabridge.Cmd.Cluster;
using Petabridge.Cmd.Parsing;

namespace TrainingCluster.EngineTests.Cmd.Client;

public sealed class LineEditorSpecs
{
    private static readonly CommandPalette[] Palettes =
        [ClusterCommands.Instance.Palette, MessageCommands.Definitions];

    private readonly Queue<ConsoleKeyInfo> _keys = new();
    private readonly StringWriter _screen = new();
    private readonly LineEditor _editor;

    public LineEditorSpecs() =>
        _editor = new LineEditor(_keys.Dequeue, _screen, line => Completion.Of(Palettes, line));

    [Fact]
    public void Tab_completes_what_is_certain_and_lists_what_is_not()
    {
        Type("cl\tle\t\t");
        Press(ConsoleKey.Backspace, ConsoleKey.Backspace);
        Type("eave\n");

        Assert.Equal("cluster leave", _editor.Read("> ")!.Trim());
        Assert.Contains("leader  leave", _screen.ToString());
    }

    [Fact]
    public void A_line_is_edited_and_the_last_ones_come_back()
    {
        Type("cluster sow");
        Press(ConsoleKey.LeftArrow, ConsoleKey.LeftArrow);
        Type("h");
        Press(ConsoleKey.End, ConsoleKey.Enter, ConsoleKey.UpArrow, ConsoleKey.Enter);
        Type("xyz");
        Press(ConsoleKey.Home, ConsoleKey.Delete, ConsoleKey.RightArrow, ConsoleKey.Backspace, ConsoleKey.Enter);

        Assert.Equal("cluster show", _editor.Read("> "));
        Assert.Equal("cluster show", _editor.Read("> "));
        Assert.Equal("z", _editor.Read("> "));
        Press(ConsoleKey.UpArrow, ConsoleKey.UpArrow, ConsoleKey.DownArrow, ConsoleKey.Enter);
        Assert.Equal("z", _editor.Read("> "));
    }

    [Fact]
    public void Control_D_on_an_empty_line_ends_the_shell_and_Control_C_clears_a_line()
    {
        Type("abc");
        _keys.Enqueue(new ConsoleKeyInfo('\u0003', ConsoleKey.C, false, false, true));
        Type("x\n");
        _keys.Enqueue(new ConsoleKeyInfo('\u0004', ConsoleKey.D, false, false, true));

        Assert.Equal("x", _editor.Read("> "));
        Assert.Null(_editor.Read("> "));
    }

    private void Type(string text)
    {
        foreach (var c in text)
        {
            _keys.Enqueue(c switch
            {
                '\t' => new ConsoleKeyInfo(c, ConsoleKey.Tab, false, false, false),
                '\n' => new ConsoleKeyInfo(c, ConsoleKey.Enter, false, false, false),
                _ => new ConsoleKeyInfo(c, ConsoleKey.None, false, false, false),
            });
        }
    }

    private void Press(params ConsoleKey[] keys)
    {
        foreach (var key in keys)
        {
            _keys.Enqueue(new ConsoleKeyInfo('\0', key, false, false, false));
        }
    }
}
