using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amazon.S3;

namespace QualityIngest.Domain.Sources;

/// <summary>A client with the credentials that it signs with, shared by all who read with the same access.</summary>
internal sealed class S3Connection(AmazonS3Client client, SessionCredentials? session, bool ownsSession, bool dialledByTenant) : IDisposable
{
    public AmazonS3Client Client { get; } = client;

    /// <summary>The credentials where they are issued for a while; null: fixed ones.</summary>
    public SessionCredentials? Session { get; } = session;

    /// <summary>Whether a tenant chose the host and the deployment does not vouch for it.</summary>
    public bool DialledByTenant { get; } = dialledByTenant;

    public void Dispose()
    {
        Client.Dispose();
        if (ownsSession)
            Session?.Dispose();
    }
}

/// <summary>
/// Keeps the connections that were used last. One that has to go is disposed once its last request has been answered;
/// bodies that are still being read do not need it.
/// </summary>
internal sealed class S3Connections(int capacity, Func<SourceAccess, S3Connection> open) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> byFingerprint = [];
    private readonly LinkedList<Entry> byUse = [];

    /// <summary>How many are kept.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return byUse.Count;
        }
    }

    /// <summary>What tells accesses apart, the secret included, without revealing it.</summary>
    public static string Fingerprint(SourceAccess access)
    {
        var settings = access.Settings;
        var parts = new[]
        {
            settings.Region, settings.Endpoint ?? "", settings.StsEndpoint ?? "", settings.Bucket(),
            JsonSerializer.Serialize(settings.Credentials), access.SecretAccessKey ?? "", access.ExternalId, access.ServiceGranted ? "granted" : "",
        };
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parts))));
    }

    /// <summary>Takes a connection for one request.</summary>
    public Lease Rent(string fingerprint, SourceAccess access)
    {
        lock (gate)
        {
            if (byFingerprint.TryGetValue(fingerprint, out var node))
            {
                byUse.Remove(node);
                byUse.AddFirst(node);
            }
            else
            {
                node = byUse.AddFirst(new Entry(fingerprint, open(access)));
                byFingerprint.Add(fingerprint, node);
                while (byUse.Count > capacity)
                    Drop(byUse.Last!);
            }

            node.Value.Requests++;
            return new(this, node.Value);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            while (byUse.Last is { } node)
                Drop(node);
        }
    }

    private void Drop(LinkedListNode<Entry> node)
    {
        byUse.Remove(node);
        byFingerprint.Remove(node.Value.Fingerprint);
        node.Value.Dropped = true;
        if (node.Value.Requests == 0)
            node.Value.Connection.Dispose();
    }

    private void Return(Entry entry)
    {
        lock (gate)
        {
            if (--entry.Requests == 0 && entry.Dropped)
                entry.Connection.Dispose();
        }
    }

    internal sealed class Entry(string fingerprint, S3Connection connection)
    {
        public string Fingerprint => fingerprint;

        public S3Connection Connection => connection;

        public int Requests { get; set; }

        public bool Dropped { get; set; }
    }

    internal readonly struct Lease(S3Connections owner, Entry entry) : IDisposable
    {
        public S3Connection Connection => entry.Connection;

        public void Dispose() => owner.Return(entry);
    }
}
