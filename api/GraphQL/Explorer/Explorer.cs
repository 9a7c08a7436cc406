using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace QualityIngest.Api.GraphQL.Explorer;

/// <summary>
/// The page to ask queries on: one document that fetches nothing but the API's own answers. A browser may run exactly the
/// script and style that are in it, by their hashes.
/// </summary>
public sealed class Explorer
{
    private static readonly string[] Scripts = ["schema.js", "complete.js", "editor.js", "docs.js", "main.js"];

    private readonly byte[] _page;
    private readonly string _policy;

    /// <summary>Puts the page together.</summary>
    public Explorer()
    {
        var style = Part("style.css");
        var script = $"'use strict';\n{string.Concat(Scripts.Select(Part))}";
        _page = Encoding.UTF8.GetBytes(Part("page.html").Replace("/*style*/", style, StringComparison.Ordinal).Replace("/*script*/", script, StringComparison.Ordinal));
        _policy =
            $"default-src 'none'; script-src '{Hash(script)}'; style-src '{Hash(style)}'; connect-src 'self'; img-src data:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /// <summary>Answers with the page.</summary>
    public async Task Write(HttpResponse response, CancellationToken cancel)
    {
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = _page.Length;
        response.Headers.CacheControl = "no-cache";
        response.Headers.ContentSecurityPolicy = _policy;
        response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers[HeaderNames.Vary] = HeaderNames.Accept;
        await response.Body.WriteAsync(_page, cancel);
    }

    private static string Hash(string inline) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inline)))}";

    private static string Part(string name)
    {
        using var reader = new StreamReader(typeof(Explorer).Assembly.GetManifestResourceStream($"Explorer.{name}")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
