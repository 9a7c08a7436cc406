namespace QualityIngest.Domain.Formats;

/// <summary>How a frame ends.</summary>
internal enum FrameEnd
{
    /// <summary>Where its value ends.</summary>
    Whole,

    /// <summary>It is larger than a conversation may be; its bytes are gone.</summary>
    TooLarge,

    /// <summary>The document ends first, or what there is cannot be the beginning of a value.</summary>
    CutOff,
}

/// <summary>Why a document cannot be read beyond a place.</summary>
internal sealed record DocumentFault(string Code, string Message);

/// <summary>Cuts a document into the values that stand for conversations, keeping one at a time.</summary>
internal abstract class JsonFrames(Stream document, int largest) : IDisposable
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    private int _length;
    private int _passed;
    private bool _opened;

    /// <summary>The value's bytes, until the next one is asked for; none when it was too large to keep.</summary>
    public ReadOnlySpan<byte> Json => Window.Bytes[..(End is FrameEnd.TooLarge ? 0 : _length)];

    /// <summary>How the value ends.</summary>
    public FrameEnd End { get; private set; }

    /// <summary>The 1-based physical line that it starts on.</summary>
    public long Line { get; private set; }

    /// <summary>The 1-based byte of that line which it starts at.</summary>
    public long Column { get; private set; }

    /// <summary>Why the document ended before its end; null while it has not.</summary>
    public DocumentFault? Fault { get; protected set; }

    /// <summary>Its place among the others.</summary>
    public abstract FormatPlace? Place(string? member);

    /// <summary>Moves to the next value; false at the document's end and at a <see cref="Fault"/>.</summary>
    public async ValueTask<bool> Next(CancellationToken cancel)
    {
        if (!_opened) await Open(cancel);
        Window.Drop(_passed);
        (_length, _passed) = (0, 0);
        return Fault is null && await Find(cancel);
    }

    /// <summary>Says that the value is broken, so that what follows it may not be what it seems.</summary>
    /// <param name="code">What broke it.</param>
    public virtual void Abandon(string code)
    {
    }

    /// <inheritdoc/>
    public void Dispose() => Window.Dispose();

    /// <summary>The values of a document, or of a file of lines.</summary>
    public static JsonFrames Of(FileKind kind, Stream document, ConversationJsonOptions options) =>
        kind is FileKind.Lines ? new LineFrames(document, options.ConversationBytes) : new DocumentFrames(document, options.ConversationBytes);

    protected JsonWindow Window { get; } = new(document);

    /// <summary>The bytes that a value may have.</summary>
    protected int Largest => largest;

    /// <summary>Finds the next value and calls <see cref="Found"/>.</summary>
    protected abstract ValueTask<bool> Find(CancellationToken cancel);

    /// <summary>Notes where a value starts: at the window's first byte.</summary>
    protected void Begin() => (Line, Column) = (Window.Line, Window.Column);

    /// <summary>States the value, the window's first bytes, and how many more belong to it without meaning anything.</summary>
    protected bool Found(FrameEnd end, int length, int more = 0)
    {
        (End, _length, _passed) = (end, length, length + more);
        return true;
    }

    private async ValueTask Open(CancellationToken cancel)
    {
        _opened = true;
        while (Window.Bytes.Length < Mark.Length && await Window.More(cancel))
        {
        }
        if (Window.Bytes.StartsWith(Mark)) Window.DropMark(Mark.Length);
    }
}
