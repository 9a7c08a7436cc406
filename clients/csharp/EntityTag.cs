using System.Globalization;

namespace QualityIngest.Client;

/// <summary>Versions and ETags: what is changed names the version that it was read at, so that nobody's change is lost.</summary>
public static class EntityTag
{
    /// <summary>Every version: for an <c>If-Match</c> that insists on none.</summary>
    public const string Any = "*";

    /// <summary>The ETag of a version, for <c>If-Match</c> and <c>If-None-Match</c>.</summary>
    public static string Of(long version) => $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>What a call with <c>If-None-Match</c> gives, or null where the caller has this version already.</summary>
    /// <example><c>await EntityTag.IfChanged(() => client.GetQueueAsync(id, EntityTag.Of(known.Version)))</c></example>
    public static async Task<T?> IfChanged<T>(Func<Task<T>> get)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(get);
        try
        {
            return await get().ConfigureAwait(false);
        }
        catch (QualityIngestException answer) when (answer.IsNotModified)
        {
            return null;
        }
    }
}
