using System.Diagnostics;

namespace Tumbler.Bench.Start;

/// <summary>The CLI and a program of one line, both built in one form.</summary>
internal sealed record PublishedPrograms(IReadOnlyList<string> Tumbler, IReadOnlyList<string> OneLine)
{
    private const string OneLineProject = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <OutputType>Exe</OutputType>
            <InvariantGlobalization>true</InvariantGlobalization>
            <TieredPGO>false</TieredPGO>
          </PropertyGroup>
        </Project>
        """;

    private static readonly string Cli = Path.GetFullPath("../../../../client/Cli", AppContext.BaseDirectory);

    public static PublishedPrograms Binary(DirectoryInfo directory)
    {
        string[] form = ["-r", System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier];
        string[] formOfOneLine = [.. form, "--self-contained", "-p:PublishSingleFile=true", "-p:PublishReadyToRun=true"];
        return new PublishedPrograms(
            [Path.Combine(Publish(Cli, directory, "tumbler", form), "tumbler"), "--version"],
            [Path.Combine(Publish(WriteOneLine(directory), directory, "one-line", formOfOneLine), "OneLine")]);
    }

    public static PublishedPrograms Tool(DirectoryInfo directory) => new(
        ["dotnet", Path.Combine(Publish(Cli, directory, "tumbler"), "tumbler.dll"), "--version"],
        ["dotnet", Path.Combine(Publish(WriteOneLine(directory), directory, "one-line"), "OneLine.dll")]);

    private static string WriteOneLine(DirectoryInfo directory)
    {
        var project = directory.CreateSubdirectory("source").FullName;
        File.WriteAllText(Path.Combine(project, "OneLine.csproj"), OneLineProject);
        File.WriteAllText(Path.Combine(project, "Program.cs"), "System.Console.WriteLine(\"one line 0.1.0\");\n");
        return project;
    }

    private static string Publish(string project, DirectoryInfo directory, string name, params string[] form)
    {
        var output = Path.Combine(directory.FullName, name);
        // With its intermediate files elsewhere too: the working copy's own builds are left alone.
        var intermediate = Path.Combine(directory.FullName, $"{name}-build");
        using var build = Process.Start(new ProcessStartInfo(
            "dotnet", ["publish", project, "-c", "Release", "-v", "quiet", "-tl:off", "--artifacts-path", intermediate, "-o", output, .. form])
        {
            RedirectStandardOutput = true,
        })!;
        var said = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        return build.ExitCode == 0 ? output : throw new InvalidOperationException(said);
    }
}
