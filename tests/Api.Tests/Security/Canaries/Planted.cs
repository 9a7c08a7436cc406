using System.Text;

namespace QualityIngest.Api.Tests.Security.Canaries;

/// <summary>A secret that was given to the product, or by it.</summary>
/// <param name="What">What it is.</param>
/// <param name="Text">The secret.</param>
public sealed record Planted(string What, string Text)
{
    /// <summary>How it could be written without being sealed: as it is, in hexadecimal, in base64 wherever it begins, in UTF-8 and UTF-16.</summary>
    public IReadOnlyList<string> Forms { get; } =
    [
        Text, .. new[] { Encoding.UTF8, Encoding.Unicode }.Select(encoding => encoding.GetBytes(Text)).SelectMany(bytes => new[]
        {
            Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes), Base64(bytes, 0), Base64(bytes, 1), Base64(bytes, 2),
        }),
    ];

    /// <summary>A new one that looks like nothing else.</summary>
    public static Planted New(string what) => new(what, $"canary{Guid.NewGuid():N}");

    /// <summary>Whether a text has it in any form.</summary>
    public bool IsIn(string text) => Forms.Any(form => text.Contains(form, StringComparison.Ordinal));

    /// <summary>The characters that stand for whole groups of it, when so many bytes stand before it.</summary>
    private static string Base64(byte[] bytes, int before)
    {
        var text = Convert.ToBase64String([.. new byte[before], .. bytes]).TrimEnd('=');
        return text[(before == 0 ? 0 : 4)..^2];
    }
}
