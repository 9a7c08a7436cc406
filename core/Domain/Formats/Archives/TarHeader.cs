using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace QualityIngest.Domain.Formats.Archives;

/// <summary>What an entry of a tar is.</summary>
internal enum TarKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A hard or symbolic link.</summary>
    Link,

    /// <summary>Words about the next entry (pax).</summary>
    Words,

    /// <summary>The next entry's path (GNU).</summary>
    LongName,

    /// <summary>What says nothing that is needed: words about all entries, the target of a long link, a volume's label.</summary>
    Aside,

    /// <summary>A device, a pipe, a sparse file, or unknown.</summary>
    Other,
}

/// <summary>The header of one entry: 512 bytes in the form of POSIX ustar, GNU tar or the tar before both.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its path.</param>
/// <param name="Size">The bytes that follow it, as it says.</param>
internal readonly record struct TarHeader(TarKind Kind, string Name, long Size)
{
    /// <summary>The length of a header, and what all else is rounded up to.</summary>
    public const int BlockBytes = 512;

    private const int ChecksumAt = 148;
    private const int ChecksumBytes = 8;

    /// <summary>Reads a block; null where it is no header.</summary>
    public static TarHeader? Read(ReadOnlySpan<byte> block)
    {
        if (Number(block.Slice(ChecksumAt, ChecksumBytes)) is not { } sum || sum != Sum(block)) return null;
        if (Number(block.Slice(124, 12)) is not { } size) return null;
        var name = Text(block[..100]);
        // GNU tar uses the room of the prefix for times.
        if (block.Slice(257, 6).SequenceEqual("ustar\0"u8) && Text(block.Slice(345, 155)) is { Length: > 0 } prefix) name = $"{prefix}/{name}";
        var kind = Kinds(block[156], name);
        return new(kind, name, kind is TarKind.Link or TarKind.Folder ? 0 : size);
    }

    /// <summary>What is stated of an entry by the words in front of it: <c>"21 path=long/name\n"</c>.</summary>
    public static Dictionary<string, string>? Words(ReadOnlySpan<byte> records)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        while (!records.IsEmpty && records[0] != 0)
        {
            var space = records.IndexOf((byte)' ');
            if (space is < 1 or > 9 || !int.TryParse(records[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)) return null;
            if (length <= space + 1 || length > records.Length || records[length - 1] != '\n') return null;
            var record = records[(space + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals < 1) return null;
            words[Encoding.UTF8.GetString(record[..equals])] = MemberNames.Decode(record[(equals + 1)..]);
            records = records[length..];
        }
        return words;
    }

    /// <summary>A text up to its NUL.</summary>
    public static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return MemberNames.Decode(end < 0 ? field : field[..end]);
    }

    private static TarKind Kinds(byte type, string name) => type switch
    {
        (byte)'0' or 0 or (byte)'7' => name.EndsWith('/') ? TarKind.Folder : TarKind.File,
        (byte)'1' or (byte)'2' => TarKind.Link,
        (byte)'5' => TarKind.Folder,
        (byte)'x' or (byte)'X' => TarKind.Words,
        (byte)'L' => TarKind.LongName,
        (byte)'g' or (byte)'K' or (byte)'V' => TarKind.Aside,
        _ => TarKind.Other,
    };

    /// <summary>Octal digits, or GNU's big-endian number behind a set bit. Negative ones are none.</summary>
    private static long? Number(ReadOnlySpan<byte> field)
    {
        if (field[0] == 0x80)
            return BinaryPrimitives.ReadInt64BigEndian(field[^8..]) is >= 0 and var large && field[1..^8].IndexOfAnyExcept((byte)0) < 0 ? large : null;
        var digits = field.Trim(" \0"u8);
        var number = 0L;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7') return null;
            number = number * 8 + (digit - '0');
        }
        return number;
    }

    /// <summary>The sum of all bytes, the checksum's own taken for blanks.</summary>
    private static long Sum(ReadOnlySpan<byte> block)
    {
        var sum = (long)ChecksumBytes * ' ';
        for (var i = 0; i < BlockBytes; i++)
        {
            if (i is < ChecksumAt or >= ChecksumAt + ChecksumBytes) sum += block[i];
        }
        return sum;
    }
}
