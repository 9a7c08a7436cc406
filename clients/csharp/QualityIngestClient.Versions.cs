using System.Globalization;

namespace QualityIngest.Client;

/// <remarks>What is changed names the version that it was read at, so that nobody's change is lost.</remarks>
public partial class QualityIngestClient
{
    /// <summary>The ETag of a version, for <c>If-Match</c> and <c>If-None-Match</c>. <c>*</c> in its place means any version.</summary>
    public static string ETag(long version) => $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>What a call with <c>If-None-Match</c> gives, or null where the caller has this version already.</summary>
    /// <example><code>await QualityIngestClient.IfChanged(() => client.GetQueueAsync(id, QualityIngestClient.ETag(known.Version)))</code></example>
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
