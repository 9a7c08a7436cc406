using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using QualityIngest.Audio;
using QualityIngest.Database;
using QualityIngest.Domain;
using QualityIngest.EventStore;
using QualityIngest.GraphQL.Execution;

namespace QualityIngest.Api.Tests.Deployment;

/// <summary>A setting that the code reads.</summary>
/// <param name="Name">As an environment variable; that of a list with <c>__0</c> behind it.</param>
/// <param name="Type">What it holds: <c>number</c>, <c>bool</c>, <c>duration</c>, <c>text</c> or <c>list</c>.</param>
/// <param name="Default">As it would be configured; null: nothing.</param>
/// <param name="Options">The record that it is a member of.</param>
public sealed record Setting(string Name, string Type, string? Default, OptionsRecord Options);

/// <summary>A record of options.</summary>
/// <param name="Section">The section that it is read from.</param>
/// <param name="Type">The record.</param>
public sealed record OptionsRecord(string Section, Type Type);

/// <summary>All settings of all options records.</summary>
public static class Settings
{
    // These are read from other places than their record's section.
    private static readonly Dictionary<string, string?> Elsewhere = new()
    {
        ["Database__ConnectionString"] = "ConnectionStrings__Postgres",
        ["Database__Directory"] = "Data__Directory",
        ["Database__DirectoryChosen"] = null, // whether the one above was given
        ["QualityCsv__ExpectedChannel"] = null, // decided by each file's path
    };

    /// <summary>The assemblies of the product.</summary>
    public static IReadOnlyList<Assembly> Rooms { get; } =
    [
        typeof(Program).Assembly, typeof(DomainServices).Assembly, typeof(SoundOptions).Assembly, typeof(DatabaseOptions).Assembly, typeof(GraphQLOptions).Assembly, typeof(StoredEvent).Assembly,
    ];

    /// <summary>The records: those that say their section, and those that read themselves; a section within another before that.</summary>
    public static IReadOnlyList<OptionsRecord> Records { get; } =
    [
        .. Rooms.SelectMany(room => room.GetTypes()).Select(type => (Type: type, Section: Section(type))).Where(found => found.Section is not null)
            .Select(found => new OptionsRecord(found.Section!, found.Type)).OrderByDescending(record => record.Section, StringComparer.Ordinal),
    ];

    /// <summary>Every member of every record, those of records within records too.</summary>
    public static IReadOnlyList<Setting> All { get; } =
        [.. Records.SelectMany(record => Of(record, record.Section.Replace(":", "__", StringComparison.Ordinal), Activator.CreateInstance(record.Type)!)).DistinctBy(s => s.Name)];

    private static string? Section(Type type)
    {
        if (type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() is string section)
            return section;
        return type.GetMethod("From", [typeof(IConfiguration)]) is null ? null : type.Name.Replace("Options", "", StringComparison.Ordinal);
    }

    private static IEnumerable<Setting> Of(OptionsRecord record, string prefix, object options)
    {
        foreach (var member in options.GetType().GetProperties().Where(property => property.SetMethod is { IsPublic: true }))
        {
            var name = $"{prefix}__{member.Name}";
            if (Elsewhere.TryGetValue(name, out var elsewhere))
            {
                if (elsewhere is null)
                    continue;
                name = elsewhere;
            }
            var value = member.GetValue(options);
            if (value is IDictionary map)
            {
                foreach (DictionaryEntry entry in map)
                    yield return new($"{name}__{entry.Key}", Word(entry.Value!.GetType()), Text(entry.Value), record);
            }
            else if (member.PropertyType != typeof(string) && member.PropertyType.IsAssignableTo(typeof(IEnumerable)))
            {
                yield return new(name + "__0", "list", null, record);
            }
            else if (value is not null && value.GetType() is { IsClass: true } type && type != typeof(string))
            {
                foreach (var inner in Of(record, name, value))
                    yield return inner;
            }
            else
            {
                yield return new(name, Word(member.PropertyType), Text(value), record);
            }
        }
    }

    private static string Word(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var number when number == typeof(int) || number == typeof(long) || number == typeof(double) => "number",
        var duration when duration == typeof(TimeSpan) => "duration",
        var word when word == typeof(bool) => "bool",
        var text when text == typeof(string) || text.IsEnum => "text",
        var other => throw new InvalidOperationException($"There is no word for a setting of type {other}."),
    };

    private static string? Text(object? value) => value switch
    {
        null => null,
        bool word => word ? "true" : "false",
        TimeSpan { Milliseconds: > 0 } duration => duration.ToString("c", CultureInfo.InvariantCulture)[..^4],
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
