using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace QualityIngest.Demo;

/// <summary>What the demo shows: colours and live lines on a terminal, plain text where the output is redirected.</summary>
internal static class Screen
{
    private static bool IsTerminal => !Console.IsOutputRedirected;

    /// <summary>Sets the width of plain text; a terminal has its own.</summary>
    public static void Prepare()
    {
        if (IsTerminal)
            return;
        AnsiConsole.Profile.Width = 140;
        AnsiConsole.Profile.Capabilities.Ansi = false;
        AnsiConsole.Profile.Capabilities.Interactive = false;
        AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
    }

    /// <summary>Begins a chapter.</summary>
    public static void Chapter(string title)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule($"[bold]{Markup.Escape(title)}[/]").LeftJustified());
    }

    /// <summary>One line.</summary>
    public static void Say(FormattableString text) => AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, text);

    /// <summary>A table or another block.</summary>
    public static void Show(IRenderable block) => AnsiConsole.Write(block);

    /// <summary>A line that changes on a terminal, and is written once more each time it differs where it cannot change.</summary>
    public static async Task Live(Func<Action<string>, Task> work)
    {
        if (IsTerminal)
        {
            await AnsiConsole.Status().StartAsync("…", status => work(text => status.Status(Markup.Escape(text))));
            return;
        }

        string? last = null;
        await work(text =>
        {
            if (text != last)
                Console.WriteLine("  " + text);
            last = text;
        });
    }

    /// <summary>A table with a title row.</summary>
    public static Table Table(params string[] columns)
    {
        var table = new Table { Border = IsTerminal ? TableBorder.Rounded : TableBorder.Ascii };
        foreach (var column in columns)
            table.AddColumn(column.EndsWith('#') ? new TableColumn(column.TrimEnd('#')).RightAligned() : new TableColumn(column));
        return table;
    }

    /// <summary>A row of plain texts.</summary>
    public static Table With(this Table table, params object[] cells)
        => table.AddRow([.. cells.Select(cell => new Text(Convert.ToString(cell, CultureInfo.InvariantCulture) ?? ""))]);
}
