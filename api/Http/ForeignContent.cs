using Microsoft.Net.Http.Headers;

namespace QualityIngest.Api.Http;

/// <summary>For answers that a browser could take for a page although they are none.</summary>
public static class ForeignContent
{
    /// <summary>Lets a browser neither guess at the type nor run or fetch anything.</summary>
    /// <param name="response">The answer, before its body.</param>
    /// <param name="allowed">A directive of what is allowed nevertheless.</param>
    public static void Guard(HttpResponse response, string? allowed = null)
    {
        response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        response.Headers.ContentSecurityPolicy = $"default-src 'none'; {(allowed is null ? "" : allowed + "; ")}sandbox";
    }
}
