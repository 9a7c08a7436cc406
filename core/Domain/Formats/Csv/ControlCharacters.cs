using System.Buffers;

namespace QualityIngest.Domain.Formats.Csv;

/// <summary>Control characters (Unicode category Cc) that no value may hold: all but tab, carriage return and line feed.</summary>
internal static class ControlCharacters
{
    public static readonly SearchValues<char> Refused = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(c => char.IsControl(c) && c is not ('\t' or '\r' or '\n'))]);
}
