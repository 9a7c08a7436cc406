using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using QualityIngest.Domain;

namespace QualityIngest.Api.Http;

/// <summary>
/// Opaque cursors: a position in a list, with a checksum over the list it belongs to, so that a cut, edited or misplaced
/// cursor is refused instead of leading somewhere.
/// </summary>
public static class Cursor
{
    private const int CheckLength = 6;
    private const int TimeLength = 8;

    /// <summary>The cursor after a position in a list.</summary>
    public static string Encode<TKey>(string list, Position<TKey> position) where TKey : IParsable<TKey>
    {
        var id = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{position.Id}"));
        var bytes = new byte[CheckLength + TimeLength + id.Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(CheckLength), position.At.UtcTicks);
        id.CopyTo(bytes, CheckLength + TimeLength);
        Check(list, bytes.AsSpan(CheckLength)).CopyTo(bytes.AsSpan());
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The position that a cursor of this list stands for; null when it is none.</summary>
    public static Position<TKey>? Decode<TKey>(string list, string cursor) where TKey : IParsable<TKey>
    {
        if (!Base64Url.IsValid(cursor, out var length) || length <= CheckLength + TimeLength)
            return null;
        var bytes = Base64Url.DecodeFromChars(cursor);
        if (!Check(list, bytes.AsSpan(CheckLength)).SequenceEqual(bytes.AsSpan(0, CheckLength)))
            return null;
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(CheckLength));
        var id = Encoding.UTF8.GetString(bytes.AsSpan(CheckLength + TimeLength));
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks && TKey.TryParse(id, CultureInfo.InvariantCulture, out var key)
            ? new Position<TKey>(new DateTimeOffset(ticks, TimeSpan.Zero), key)
            : null;
    }

    private static ReadOnlySpan<byte> Check(string list, ReadOnlySpan<byte> position) =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes(list), 0, .. position]).AsSpan(0, CheckLength);
}
