using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace QualityIngest.Domain.Formats;

/// <summary>
/// What makes two rows the same content: the trimmed values by canonical column name, then the attributes by name in
/// lower case and ordinal order, absent and empty being one. Every name and value goes in with its length, so that no
/// two contents read alike. The order of columns, their aliases, the white space around values, and the case of the
/// agent's e-mail, the channel type and the recording type do not count.
/// </summary>
internal sealed class ContentHash
{
    private readonly ArrayBufferWriter<byte> _content = new(1024);

    /// <summary>SHA-256 of a row that is valid, in lower-case hex.</summary>
    public string Of(QualityRow row, RecordingType type, string? transcript)
    {
        _content.ResetWrittenCount();
        for (var i = 0; i < QualityColumns.Count; i++)
        {
            var column = (QualityColumn)i;
            var value = Value(row, column, type, transcript);
            if (value.Length == 0) continue;
            Add(column.Name());
            Add(value);
        }
        Add("");
        foreach (var (name, value) in Ordered(row.Attributes))
        {
            Add(name);
            Add(value);
        }
        return Convert.ToHexStringLower(SHA256.HashData(_content.WrittenSpan));
    }

    /// <summary>A column's value with what does not count taken off: case where it has no meaning, which name a transcript has.</summary>
    private static string Value(QualityRow row, QualityColumn column, RecordingType type, string? transcript) => column switch
    {
        QualityColumn.AgentEmail or QualityColumn.ChannelType or QualityColumn.RecordingType => row[column].ToLowerInvariant(),
        QualityColumn.TranscriptUrl => transcript ?? row[column],
        QualityColumn.TranscriptPath when type is not RecordingType.Mono => "",
        QualityColumn.ChatScriptUrl when type is RecordingType.Transcription => "",
        _ => row[column],
    };

    private static IEnumerable<(string Name, string Value)> Ordered(List<RowAttribute> attributes) =>
        attributes.Count == 0
            ? []
            : attributes.Select(a => (Name: a.Key.ToLowerInvariant(), a.Value)).OrderBy(a => a.Name, StringComparer.Ordinal);

    private void Add(string text)
    {
        var room = _content.GetSpan(sizeof(int) + Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, room[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(room, length);
        _content.Advance(sizeof(int) + length);
    }
}
