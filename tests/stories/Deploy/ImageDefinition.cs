using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tumbler.Stories.Tests.Deploy;

/// <summary>What <c>deploy/image/Dockerfile</c> says, as far as it can be done without containers.</summary>
/// <param name="Context">Files and folders of the repository that a build sees.</param>
/// <param name="Publish">The command that makes the program.</param>
/// <param name="Output">Where that puts it.</param>
/// <param name="Directory">Where the process is started.</param>
/// <param name="User">Number and group.</param>
internal sealed partial record ImageDefinition(
    IReadOnlyList<string> Context, string Publish, string Output, string Directory, string User, IReadOnlyList<string> Environment,
    IReadOnlyList<string> Entry, IReadOnlyList<string> Health)
{
    public static ImageDefinition Read(string folder)
    {
        var text = string.Join('\n', File.ReadLines(Path.Combine(folder, "Dockerfile")).Where(line => !line.StartsWith('#')));
        var lines = Continued().Replace(text, " ").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        IReadOnlyList<string> Of(string instruction) =>
            [.. lines.Where(line => line.StartsWith($"{instruction} ", StringComparison.Ordinal)).Select(line => line[(instruction.Length + 1)..].Trim())];
        var publish = Of("RUN").Single(command => command.StartsWith("dotnet publish ", StringComparison.Ordinal));
        return new ImageDefinition(
            [.. File.ReadLines(Path.Combine(folder, "Dockerfile.dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..])],
            publish,
            OutputOption().Match(publish).Groups[1].Value,
            Of("WORKDIR")[^1],
            Of("USER")[^1],
            [.. Of("ENV").SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))],
            Words(Of("ENTRYPOINT").Single()),
            Words(Of("HEALTHCHECK").Single().Split("CMD ", 2)[1]));
    }

    private static string[] Words(string list) => JsonSerializer.Deserialize<string[]>(list)!;

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Continued();

    [GeneratedRegex(@" -o (\S+)")]
    private static partial Regex OutputOption();
}
