using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace Tumbler.Api.Console;

/// <summary>The console's files, which are parts of this assembly. All but the page have the version in their path: it is made of what
/// they say, so that a browser may keep each for ever, and never mixes those of two releases.</summary>
internal sealed class ConsoleFiles
{
    private const string Prefix = "console/", PageName = "index.html";

    /// <summary>Stands in the page for <see cref="Version"/>.</summary>
    private const string VersionMark = "{version}";

    private readonly FrozenDictionary<string, ConsoleFile> files;

    public ConsoleFiles()
    {
        var assembly = typeof(ConsoleFiles).Assembly;
        var contents = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (Name: name[Prefix.Length..], Content: Read(assembly.GetManifestResourceStream(name)!)))
            .ToArray();
        Version = VersionOf(contents.Select(file => file.Content));
        var page = contents.Single(file => file.Name == PageName).Content;
        Page = ConsoleFile.Of(PageName, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(page).Replace(VersionMark, Version, StringComparison.Ordinal)));
        files = contents.Where(file => file.Name != PageName)
            .ToFrozenDictionary(file => file.Name, file => ConsoleFile.Of(file.Name, file.Content), StringComparer.Ordinal);
    }

    public string Version { get; }

    public ConsoleFile Page { get; }

    /// <summary>All but the page.</summary>
    public IEnumerable<string> Names => files.Keys;

    public ConsoleFile? Find(string? version, string? name) =>
        version == Version && name is not null ? files.GetValueOrDefault(name) : null;

    private static string VersionOf(IEnumerable<byte[]> contents)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var content in contents)
            hash.AppendData(SHA256.HashData(content));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    private static byte[] Read(Stream resource)
    {
        using var reading = resource;
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
