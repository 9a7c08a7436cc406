using System.Buffers;

namespace QualityIngest.Domain.Formats.Csv;

/// <summary>What keeps a record from being read.</summary>
internal enum RecordFault
{
    None,
    FieldTooLarge,
    RecordTooLarge,
    StrayQuote,
    QuoteNotClosed,
}

/// <summary>
/// Cuts a stream of bytes into the records of RFC 4180, with LF, CRLF or CR as line ends, and says on which line each
/// starts. It stands in front of the parser that reads the fields, so that nothing longer than the limits is ever
/// kept, and so that a fault costs one record: the scan goes on behind it. Blank lines are no records.
/// Works on bytes: in UTF-8 no byte of a longer character equals a comma, a quote or a line end.
/// </summary>
internal sealed class RecordScanner(Stream stream, CsvLimits limits) : IDisposable
{
    private const int ChunkBytes = 64 * 1024;
    private static readonly SearchValues<byte> Structure = SearchValues.Create(",\"\r\n"u8);
    private static readonly SearchValues<byte> InsideQuotes = SearchValues.Create("\"\r\n"u8);
    private static ReadOnlySpan<byte> Bom => [0xEF, 0xBB, 0xBF];

    private readonly List<int> _quoted = [];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
    private int _start;
    private int _position;
    private int _end;
    private int _recordLength;
    private long _line = 1;
    private long _quoteLine;
    private long _fieldBytes;
    private long _recordBytes;
    private Place _place;
    private bool _afterCr;
    private bool _dropping;
    private bool _opened;

    private enum Place
    {
        FieldStart,
        Plain,
        Quoted,
        QuoteInQuoted,
        BehindQuoted,
    }

    /// <summary>The 1-based physical line that the record starts on.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>How many fields the record has.</summary>
    public int Fields { get; private set; }

    /// <summary>Whether a field of the record, 0-based, is written in quotes.</summary>
    public bool IsQuoted(int field) => _quoted.BinarySearch(field) >= 0;

    /// <summary>The first fault of the record.</summary>
    public RecordFault Fault { get; private set; }

    /// <summary>The 0-based field of the first fault.</summary>
    public int FaultField { get; private set; }

    /// <summary>The 1-based physical line of the first fault; of an open quote, where it opens.</summary>
    public long FaultLine { get; private set; }

    /// <summary>The record without its line end, until the next read; empty when it was too large to keep.</summary>
    public ReadOnlySpan<byte> Record => _dropping ? [] : _buffer.AsSpan(_start, _recordLength);

    /// <summary>Moves to the next record; false at the end of the stream.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_opened) await SkipBomAsync(cancellationToken);
        do
        {
            Begin();
            while (!Scan())
            {
                if (await FillAsync(cancellationToken)) continue;
                if (!AtRecordStart) Finish();
                else return false;
                break;
            }
        } while (IsBlank);
        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private bool AtRecordStart => Fields == 1 && _recordBytes == 0 && Fault is RecordFault.None;

    private bool IsBlank => Fields == 1 && Fault is RecordFault.None && Record.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;

    private async ValueTask SkipBomAsync(CancellationToken cancellationToken)
    {
        _opened = true;
        _end = await stream.ReadAtLeastAsync(_buffer, Bom.Length, throwOnEndOfStream: false, cancellationToken);
        if (_buffer.AsSpan(0, _end).StartsWith(Bom)) _position = Bom.Length;
    }

    private void Begin()
    {
        (_start, _fieldBytes, _recordBytes, _dropping) = (_position, 0, 0, false);
        (Line, Fields, Fault, FaultField, FaultLine) = (_line, 1, RecordFault.None, 0, 0);
        _place = Place.FieldStart;
        _quoted.Clear();
    }

    /// <summary>Goes through what is buffered; true when a record ended.</summary>
    private bool Scan()
    {
        while (_position < _end)
        {
            var rest = _buffer.AsSpan(_position, _end - _position);
            if (_afterCr && rest[0] == '\n')
            {
                SkipLineFeed();
                continue;
            }
            var next = _place switch
            {
                Place.Quoted => rest.IndexOfAny(InsideQuotes),
                Place.Plain or Place.BehindQuoted => rest.IndexOfAny(Structure),
                _ => 0,
            };
            if (next != 0)
            {
                Take(next < 0 ? rest.Length : next);
                continue;
            }
            _afterCr = false;
            if (Step(rest[0])) return true;
        }
        return false;
    }

    /// <summary>Takes the byte that decides; true when it ends the record.</summary>
    private bool Step(byte next)
    {
        switch (_place)
        {
            case Place.Quoted when next == '"':
                Take(1);
                _place = Place.QuoteInQuoted;
                return false;
            case Place.Quoted:
                Take(1);
                EndLine(next);
                return false;
            case Place.FieldStart when next == '"':
                (_place, _quoteLine) = (Place.Quoted, _line);
                _quoted.Add(Fields - 1);
                Take(1);
                return false;
            case Place.FieldStart:
                _place = Place.Plain;
                return false;
            case Place.QuoteInQuoted when next == '"':
                Take(1);
                _place = Place.Quoted;
                return false;
            case Place.QuoteInQuoted:
                _place = Place.BehindQuoted;
                if (!Structure.Contains(next)) Note(RecordFault.StrayQuote);
                return false;
            case var _ when next == ',':
                EndField();
                return false;
            case var _ when next == '"':
                Note(RecordFault.StrayQuote);
                Take(1);
                return false;
            default:
                _recordLength = _position - _start;
                _position++;
                EndLine(next);
                return true;
        }
    }

    /// <summary>The second half of a CRLF: part of a quoted field, or of the line end before the record.</summary>
    private void SkipLineFeed()
    {
        _afterCr = false;
        if (_place is Place.Quoted) Take(1);
        else _start = ++_position;
    }

    private void EndLine(byte lineEnd)
    {
        _line++;
        _afterCr = lineEnd == '\r';
    }

    private void Take(int count)
    {
        _afterCr = false;
        _position += count;
        _fieldBytes += count;
        _recordBytes += count;
        if (_fieldBytes > limits.FieldBytes) Drop(RecordFault.FieldTooLarge);
        if (_recordBytes > limits.RecordBytes) Drop(RecordFault.RecordTooLarge);
    }

    private void EndField()
    {
        _fieldBytes = -1;
        Take(1);
        Fields++;
        _place = Place.FieldStart;
    }

    private void Drop(RecordFault fault)
    {
        Note(fault);
        _dropping = true;
    }

    private void Note(RecordFault fault)
    {
        if (Fault is not RecordFault.None) return;
        (Fault, FaultField, FaultLine) = (fault, Fields - 1, _line);
    }

    /// <summary>The stream ended within the record.</summary>
    private void Finish()
    {
        _recordLength = _position - _start;
        if (_place is not Place.Quoted) return;
        (Fault, FaultField, FaultLine) = (RecordFault.QuoteNotClosed, Fields - 1, _quoteLine);
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_dropping) (_start, _position, _end) = (0, 0, 0);
        else MakeRoom();
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        return read > 0;
    }

    private void MakeRoom()
    {
        var kept = _end - _start;
        var target = _buffer;
        if (_buffer.Length - kept < ChunkBytes / 4) target = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Buffer.BlockCopy(_buffer, _start, target, 0, kept);
        if (target != _buffer) ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _start, _position, _end) = (target, 0, _position - _start, kept);
    }
}
