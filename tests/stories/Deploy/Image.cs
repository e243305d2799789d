using System.Diagnostics;
using Tumbler.Stories.Tests.Readme;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests.Deploy;

/// <summary>The image, published by its own command out of what its build would see, and run as its containers would be.</summary>
internal sealed class Image : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>What the image it is made from sets.</summary>
    private static readonly string[] FromBase =
        ["APP_UID=1654", "ASPNETCORE_HTTP_PORTS=8080", "DOTNET_RUNNING_IN_CONTAINER=true", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=true"];

    private readonly TemporaryDirectory top = new();
    private readonly StoryRun run;
    private readonly ImageDefinition definition;

    private Image(StoryRun run)
    {
        (this.run, definition) = (run, ImageDefinition.Read(Path.Combine(run.Root, "deploy", "image")));
        foreach (var folder in (string[])["program", "etc", "exports", "root"])
            Directory.CreateDirectory(Path.Combine(top.Path, folder));
    }

    public string Secrets => Path.Combine(top.Path, "secrets");

    public string Settings => Path.Combine(top.Path, "etc", "appsettings.json");

    public static async Task<Image> Publish(StoryRun run)
    {
        var image = new Image(run);
        var source = Directory.CreateDirectory(Path.Combine(image.top.Path, "source")).FullName;
        await Do(run, "cp", ["-a", .. image.definition.Context.Select(name => Path.Combine(run.Root, name)), source]);
        await Do(run, "find", source, "-type", "d", "(", "-name", "bin", "-o", "-name", "obj", ")", "-prune", "-exec", "rm", "-r", "{}", "+");
        var command = image.definition.Publish.Replace($" -o {image.definition.Output} ", $" -o {Path.Combine(image.top.Path, "program")} ", StringComparison.Ordinal);
        await Do(run, "bash", "-c", $"cd {source} && {command}");
        await Do(run, "chmod", "-R", "u=rwX,go=rX", Path.Combine(image.top.Path, "program"));
        await Do(run, "chown", image.definition.User, Path.Combine(image.top.Path, "exports"));
        await Do(run, Path.Combine(run.Root, "deploy", "compose", "prepare"), image.Secrets);
        return image;
    }

    /// <summary>One that serves, or carries out a command.</summary>
    /// <param name="variables">What <c>docker run -e</c> would be given.</param>
    public LoggedProcess Start(string name, string[] variables, params string[] command) => Contain(name, variables, [.. definition.Entry, .. command]);

    /// <summary>The exit code of its health check.</summary>
    public async Task<Ended> Health(params string[] variables)
    {
        using var process = Contain("health", variables, definition.Health);
        return new Ended(await process.End(Patience), process.Output, process.Errors);
    }

    /// <summary>What a container has written.</summary>
    public string[] Exports => Directory.GetFileSystemEntries(Path.Combine(top.Path, "exports"));

    public void Dispose() => top.Dispose();

    private LoggedProcess Contain(string name, string[] variables, IReadOnlyList<string> command) => LoggedProcess.Start(
        new ProcessStartInfo("unshare",
        [
            "--mount", Path.Combine(run.StoriesFolder, "Deploy", "contain"), top.Path, definition.User, definition.Directory,
            .. FromBase, .. definition.Environment, .. variables, .. command,
        ]),
        run.NewLog($"image-{name}"));

    private static async Task Do(StoryRun run, string program, params string[] arguments)
    {
        using var process = LoggedProcess.Start(new ProcessStartInfo(program, arguments), run.NewLog($"image-{Path.GetFileName(program)}"));
        Assert.True(await process.End(Patience) == 0, $"{program} {string.Join(' ', arguments)}:\n{process.Output}{process.Errors}");
    }
}
