using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace QualityIngest.Api.Http;

/// <summary>An enum in a query parameter, under the same word that JSON has for it.</summary>
/// <param name="Value">The enum's value.</param>
public readonly record struct Word<T>(T Value) where T : struct, Enum
{
    private static readonly FrozenDictionary<string, T> Words = Read();

    /// <summary>Reads a parameter.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out Word<T> word)
    {
        var known = Words.TryGetValue(text ?? "", out var value);
        word = new Word<T>(value);
        return known;
    }

    private static FrozenDictionary<string, T> Read()
    {
        var json = new JsonSerializerOptions();
        WireFormat.Apply(json);
        return Enum.GetValues<T>().ToFrozenDictionary(value => JsonSerializer.SerializeToElement(value, json).GetString()!);
    }
}
