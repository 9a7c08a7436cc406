using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace QualityIngest.Domain;

/// <summary>Where every id comes from.</summary>
public static class Ids
{
    private const int OnStack = 512;

    /// <summary>A new id that sorts by time (UUID version 7).</summary>
    public static Guid New() => Guid.CreateVersion7();

    /// <summary>The stream id of an object that a source has shown.</summary>
    public static Guid File(Guid source, string key) => Named("file", source.ToString("N"), key);

    /// <summary>The id of a source, which outlives its connectors.</summary>
    public static Guid Source(string tenant, string endpoint, string bucket, string format) =>
        Named("source", tenant, endpoint, bucket, format);

    /// <summary>The stream id of a conversation: the same for whoever reads it, and whenever.</summary>
    public static Guid Conversation(string tenant, string @namespace, string agentPart, string externalId) =>
        Named("conversation", tenant, @namespace, agentPart, externalId);

    /// <summary>The id of a call record that names its conversation: the same in every feed of the namespace.</summary>
    public static Guid CallRecord(string tenant, string @namespace, string conversation) =>
        Named("call_record", tenant, @namespace, "conversation", conversation);

    /// <summary>The id of a call record that names none: it is told by its customer and its start.</summary>
    public static Guid CallRecord(string tenant, string @namespace, string customer, DateTimeOffset start) =>
        Named("call_record", tenant, @namespace, "customer", customer, start.UtcTicks.ToString(CultureInfo.InvariantCulture));

    /// <summary>The id of a sale: the same in every feed of the namespace.</summary>
    /// <param name="line">Which of the transaction's lines of this product it is, from 1.</param>
    /// <param name="product">The product's id; empty: the line names none.</param>
    public static Guid Sale(string tenant, string @namespace, string transaction, string product, int line) =>
        Named("sale", tenant, @namespace, transaction, product, line.ToString(CultureInfo.InvariantCulture));

    /// <summary>The stream id of a feed's directory, or of a file that is a batch of its own.</summary>
    /// <param name="source">The source.</param>
    /// <param name="path">The directory's key with its trailing slash, or the file's.</param>
    public static Guid Batch(Guid source, string path) => Named("batch", source.ToString("N"), path);

    /// <summary>The id of a feed: what a snapshot replaces.</summary>
    /// <param name="source">The source.</param>
    /// <param name="root">The configured path's prefix.</param>
    /// <param name="name">The feed's name.</param>
    public static Guid Feed(Guid source, string root, string name) => Named("feed", source.ToString("N"), root, name);

    /// <summary>The stream id of the notices about a connector.</summary>
    public static Guid Notice(Guid connector) => Named("notice", connector.ToString("N"));

    /// <summary>
    /// A UUID of version 8 (RFC 9562): the first 122 free bits of the SHA-256 over the parts, each led by its length,
    /// so that no two lists of parts run together.
    /// </summary>
    private static Guid Named(params ReadOnlySpan<string> parts)
    {
        var size = 0;
        foreach (var part in parts)
            size += sizeof(int) + Encoding.UTF8.GetByteCount(part);
        var bytes = size <= OnStack ? stackalloc byte[OnStack] : new byte[size];
        var end = 0;
        foreach (var part in parts)
        {
            var length = Encoding.UTF8.GetBytes(part, bytes[(end + sizeof(int))..]);
            BinaryPrimitives.WriteInt32BigEndian(bytes[end..], length);
            end += sizeof(int) + length;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..end], digest);
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new Guid(digest[..16], bigEndian: true);
    }
}
