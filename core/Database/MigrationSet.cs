using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace QualityIngest.Database;

/// <summary>The numbered SQL files that a room embeds as <c>Migrations/NNNN_name.sql</c>.</summary>
/// <param name="Room">The room's name in <c>qi.schema_migrations</c>; it never changes.</param>
/// <param name="Assembly">The assembly that embeds the files.</param>
public sealed partial record MigrationSet(string Room, Assembly Assembly)
{
    /// <summary>The files in the order of their numbers.</summary>
    /// <exception cref="SchemaException">Two files share a number, or a file's name has none.</exception>
    internal IReadOnlyList<Migration> Files()
    {
        const string folder = ".Migrations.";
        var files = Assembly.GetManifestResourceNames()
            .Where(name => name.Contains(folder, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => Read(name, name[(name.IndexOf(folder, StringComparison.Ordinal) + folder.Length)..]))
            .OrderBy(file => file.Number)
            .ToArray();

        var twice = files.GroupBy(file => file.Number).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? files
            : throw new SchemaException($"{Room} embeds {string.Join(" and ", twice.Select(f => f.Name))} under one number.");
    }

    private Migration Read(string resource, string file)
    {
        var name = FileName().Match(file);
        if (!name.Success)
            throw new SchemaException($"{Room} embeds {file}; a migration is named NNNN_name.sql.");

        using var reader = new StreamReader(Assembly.GetManifestResourceStream(resource)!);
        var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
        return new Migration(
            Room,
            int.Parse(name.Groups[1].Value, CultureInfo.InvariantCulture),
            name.Groups[2].Value,
            sql,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
    }

    [GeneratedRegex(@"^(\d{4})_([a-z0-9_]+)\.sql$")]
    private static partial Regex FileName();
}

/// <summary>One embedded file. Its checksum is taken over line feeds, so that a checkout's line endings do not matter.</summary>
internal sealed record Migration(string Room, int Number, string Name, string Sql, string Checksum);

/// <summary>Thrown when a database and the migrations of this version do not fit together. Nothing was changed.</summary>
public sealed class SchemaException(string message, Exception? inner = null) : Exception(message, inner);
