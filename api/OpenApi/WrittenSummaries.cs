using System.Collections.Concurrent;
using System.Reflection;
using System.Xml.Linq;

namespace QualityIngest.Api.OpenApi;

/// <summary>What the code says of types and of enums' values, from the documentation files that lie beside the assemblies.</summary>
internal static class WrittenSummaries
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, string>> Read = new();

    /// <summary>The summary of a type, on one line; null: there is none.</summary>
    public static string? Of(Type type) => Read.GetOrAdd(type.Assembly, Load).GetValueOrDefault($"T:{type.FullName!.Replace('+', '.')}");

    /// <summary>The summary of an enum's value, on one line; null: there is none.</summary>
    public static string? Of(Type type, string value) =>
        Read.GetOrAdd(type.Assembly, Load).GetValueOrDefault($"F:{type.FullName!.Replace('+', '.')}.{value}");

    private static IReadOnlyDictionary<string, string> Load(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        return File.Exists(file)
            ? XDocument.Load(file).Descendants("member")
                .Where(member => member.Element("summary") is not null && member.Attribute("name")?.Value is ['F' or 'T', ':', ..])
                .ToDictionary(member => member.Attribute("name")!.Value, member => Words(member.Element("summary")!))
            : new Dictionary<string, string>();
    }

    private static string Words(XElement summary) => string.Join(' ', string.Concat(summary.Nodes().Select(Word)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Word(XNode node) => node switch
    {
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement see when see.Attribute("cref") is { } cref => cref.Value.Split('.', ':')[^1],
        XElement other => other.Value,
        XText text => text.Value,
        _ => "",
    };
}
