namespace QualityIngest.Domain.Formats;

/// <summary>A document of lines, each a value. Lines of nothing but white space are none.</summary>
internal sealed class LineFrames(Stream document, int largest) : JsonFrames(document, largest)
{
    public override FormatPlace? Place(string? member) => new(member, Line, null);

    protected override async ValueTask<bool> Find(CancellationToken cancel)
    {
        while (true)
        {
            Begin();
            var (end, length) = await Scan(cancel);
            if (end is FrameEnd.TooLarge) return Found(end, length);
            if (length == 0) return false;
            var last = Window.Bytes[..length].LastIndexOfAnyExcept(" \t\r\n"u8);
            if (last >= 0) return Found(end, last + 1, length - last - 1);
            Window.Drop(length);
        }
    }

    /// <summary>Goes to the line's end, which is part of it.</summary>
    private async ValueTask<(FrameEnd End, int Length)> Scan(CancellationToken cancel)
    {
        var (scanned, end) = (0, FrameEnd.Whole);
        while (true)
        {
            var found = Window.Bytes[scanned..].IndexOf((byte)'\n');
            var length = found < 0 ? Window.Bytes.Length : scanned + found + 1;
            if (length - (found < 0 ? 0 : 1) > Largest) end = FrameEnd.TooLarge;
            if (found >= 0) return (end, length);
            scanned = length;
            if (end is FrameEnd.TooLarge)
            {
                Window.Drop(length);
                scanned = 0;
            }
            if (!await Window.More(cancel)) return (end, scanned);
        }
    }
}
