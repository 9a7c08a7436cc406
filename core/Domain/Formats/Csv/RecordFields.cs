using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using CsvHelper;
using CsvHelper.Configuration;

namespace QualityIngest.Domain.Formats.Csv;

/// <summary>
/// Reads the fields of one record after another. <see cref="RecordScanner"/> has cut the records out; CsvHelper takes
/// the quotes off. One parser serves a whole file, fed with a record at a time.
/// </summary>
internal sealed class RecordFields : IDisposable
{
    private static readonly CsvConfiguration Rfc4180 = new(CultureInfo.InvariantCulture)
    {
        Delimiter = ",",
        Mode = CsvMode.RFC4180,
        HasHeaderRecord = false,
        IgnoreBlankLines = false,
        TrimOptions = TrimOptions.None,
    };

    private readonly RecordText _text = new();
    private readonly CsvParser _parser;

    public RecordFields() => _parser = new CsvParser(_text, Rfc4180, leaveOpen: true);

    /// <summary>A field as written, without its quotes.</summary>
    public string this[int index] => _parser[index];

    /// <summary>Whether the record has control characters other than tab and line ends.</summary>
    public bool HasControls { get; private set; }

    /// <summary>Takes a record that the scanner found no fault with; at invalid UTF-8 returns its byte's offset, else -1.</summary>
    public int Read(ReadOnlySpan<byte> record)
    {
        var invalid = _text.Load(record);
        if (invalid >= 0) return invalid;
        HasControls = _text.Loaded.ContainsAny(ControlCharacters.Refused);
        if (!_parser.Read()) throw new InvalidOperationException("The parser found no record where the scanner did.");
        return -1;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _parser.Dispose();
        _text.Dispose();
    }

    /// <summary>A text that ends after every record and begins again with the next.</summary>
    private sealed class RecordText : TextReader
    {
        private char[] _characters = ArrayPool<char>.Shared.Rent(4096);
        private int _position;
        private int _end;

        /// <summary>The record, without the line end that closes it for the parser.</summary>
        public ReadOnlySpan<char> Loaded => _characters.AsSpan(0, Math.Max(0, _end - 1));

        public int Load(ReadOnlySpan<byte> record)
        {
            if (_characters.Length <= record.Length)
            {
                ArrayPool<char>.Shared.Return(_characters);
                _characters = ArrayPool<char>.Shared.Rent(record.Length + 1);
            }
            var status = Utf8.ToUtf16(record, _characters, out var read, out var written, replaceInvalidSequences: false);
            (_position, _end) = (0, 0);
            if (status is not OperationStatus.Done) return read;
            _characters[written] = '\n';
            _end = written + 1;
            return -1;
        }

        public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

        public override int Read(Span<char> buffer)
        {
            var count = Math.Min(buffer.Length, _end - _position);
            _characters.AsSpan(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (_characters.Length > 0) ArrayPool<char>.Shared.Return(_characters);
            _characters = [];
            base.Dispose(disposing);
        }
    }
}
