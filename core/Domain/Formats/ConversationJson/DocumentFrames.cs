using System.Buffers;

namespace QualityIngest.Domain.Formats;

/// <summary>
/// A document of one value: an array, whose elements are told apart by their brackets and quotes alone, or an object, which
/// is the only one then. The elements' own grammar is their reader's matter, who calls <see cref="Abandon"/> where it is
/// broken: behind a stray quote nothing is what it seems.
/// </summary>
internal sealed class DocumentFrames(Stream document, int largest) : JsonFrames(document, largest)
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> EndOfWord = SearchValues.Create(",]}[{\" \t\r\n"u8);

    private State _state = State.Start;
    private long _index = -1;
    private int _scanned;
    private int _depth;
    private bool _inText;

    private enum State
    {
        Start,
        InArray,
        BehindElement,
        BehindObject,
        Abandoned,
    }

    public override FormatPlace? Place(string? member) =>
        _index >= 0 ? new(member, null, _index) : member is null ? null : new(member, null, null);

    /// <summary>Gives up what is left, if anything: its grammar is not to be trusted.</summary>
    public override void Abandon(string code)
    {
        if (_state is State.BehindElement) Fault = new(code, $"The array cannot be read beyond element {_index}, which is broken.");
        _state = State.Abandoned;
    }

    protected override async ValueTask<bool> Find(CancellationToken cancel)
    {
        if (_state is State.Abandoned) return false;
        if (!await SkipSpace(cancel)) return Ended();
        var next = Window.Bytes[0];
        switch (_state)
        {
            case State.Start when next is (byte)'[':
                Window.Drop(1);
                _state = State.InArray;
                return await First(cancel);
            case State.Start when next is (byte)'{':
                _state = State.BehindObject;
                return await Value(cancel);
            case State.Start:
                return Stray("A document is an array of conversations or one of them");
            case State.BehindElement when next is (byte)',':
                Window.Drop(1);
                _state = State.InArray;
                return await SkipSpace(cancel) ? await Element(cancel) : Ended();
            case State.BehindElement when next is (byte)']':
                Window.Drop(1);
                _state = State.BehindObject;
                return await SkipSpace(cancel) && Stray("Something follows the document");
            case State.BehindElement:
                return Stray($"Neither a comma nor a bracket follows element {_index}");
            default:
                return Stray("Something follows the document; files of one conversation a line are named .jsonl or .ndjson");
        }
    }

    private async ValueTask<bool> First(CancellationToken cancel)
    {
        if (!await SkipSpace(cancel)) return Ended();
        if (Window.Bytes[0] is not (byte)']') return await Element(cancel);
        _state = State.BehindElement;
        return await Find(cancel);
    }

    private ValueTask<bool> Element(CancellationToken cancel)
    {
        if (Window.Bytes[0] is (byte)',' or (byte)']' or (byte)'}' or (byte)':')
            return new(Stray("An element is missing"));
        _index++;
        _state = State.BehindElement;
        return Value(cancel);
    }

    private async ValueTask<bool> Value(CancellationToken cancel)
    {
        Begin();
        (_scanned, _depth, _inText) = (0, 0, false);
        var end = FrameEnd.Whole;
        while (!Scan(Window.Bytes))
        {
            if (end is FrameEnd.Whole && _scanned > Largest)
            {
                // A value that does not end has most often lost a quote, which its beginning shows.
                if (!JsonGrammar.IsBeginning(Window.Bytes)) return Found(FrameEnd.CutOff, Window.Bytes.Length);
                end = FrameEnd.TooLarge;
            }
            if (end is FrameEnd.TooLarge)
            {
                Window.Drop(_scanned);
                _scanned = 0;
            }
            if (await Window.More(cancel)) continue;
            if (_depth == 0 && !_inText) break;
            return Found(end is FrameEnd.Whole ? FrameEnd.CutOff : end, Window.Bytes.Length);
        }
        return Found(_scanned > Largest ? FrameEnd.TooLarge : end, _scanned);
    }

    /// <summary>Goes on to the value's end; false: it is not buffered yet.</summary>
    private bool Scan(ReadOnlySpan<byte> bytes)
    {
        while (_scanned < bytes.Length)
        {
            if (_inText)
            {
                if (!LeaveText(bytes)) return false;
            }
            else if (_depth == 0)
            {
                if (!EnterValue(bytes, out var ended)) return ended;
                continue;
            }
            else
            {
                var found = bytes[_scanned..].IndexOfAny(Structure);
                _scanned = found < 0 ? bytes.Length : _scanned + found + 1;
                if (found < 0) return false;
                Count(bytes[_scanned - 1]);
            }
            if (_depth == 0 && !_inText) return true;
        }
        return false;
    }

    /// <summary>Takes a value's first bytes; false: it is a word or a number, whose end is found or not.</summary>
    private bool EnterValue(ReadOnlySpan<byte> bytes, out bool ended)
    {
        ended = false;
        if (_scanned == 0 && bytes[0] is (byte)'{' or (byte)'[' or (byte)'"')
        {
            Count(bytes[0]);
            _scanned = 1;
            return true;
        }
        var found = bytes[_scanned..].IndexOfAny(EndOfWord);
        ended = found >= 0;
        _scanned = ended ? _scanned + found : bytes.Length;
        return false;
    }

    private bool LeaveText(ReadOnlySpan<byte> bytes)
    {
        var found = bytes[_scanned..].IndexOfAny((byte)'"', (byte)'\\');
        _scanned = found < 0 ? bytes.Length : _scanned + found;
        if (found < 0) return false;
        if (bytes[_scanned] is (byte)'"')
        {
            _inText = false;
            _scanned++;
            return true;
        }
        if (_scanned + 1 == bytes.Length) return false;
        _scanned += 2;
        return true;
    }

    private void Count(byte structure)
    {
        if (structure is (byte)'"') _inText = true;
        else _depth += structure is (byte)'{' or (byte)'[' ? 1 : -1;
    }

    private async ValueTask<bool> SkipSpace(CancellationToken cancel)
    {
        while (true)
        {
            var found = Window.Bytes.IndexOfAnyExcept(" \t\r\n"u8);
            if (found > 0) Window.Drop(found);
            if (found >= 0) return true;
            Window.Drop(Window.Bytes.Length);
            if (!await Window.More(cancel)) return false;
        }
    }

    private bool Ended()
    {
        Fault = _state switch
        {
            State.Start => new(RowCodes.EmptyFile, "The document is empty."),
            State.BehindObject => null,
            _ => new(RowCodes.JsonTruncated, "The document ends before its array does."),
        };
        return false;
    }

    private bool Stray(string what)
    {
        Fault = new(RowCodes.JsonInvalid, $"{what}: line {Window.Line}, byte {Window.Column}.");
        return false;
    }
}
