using Tumbler.Engine.Snapshots;

namespace Tumbler.Api.Console;

/// <summary>One file of the console as it goes over the wire.</summary>
internal sealed record ConsoleFile(string MediaType, PublishedDocument Content)
{
    public static ConsoleFile Of(string name, byte[] content) => new(MediaTypeOf(name), PublishedDocument.Of(content));

    private static string MediaTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => throw new InvalidOperationException($"The console has a file of an unknown kind: {name}."),
    };
}
