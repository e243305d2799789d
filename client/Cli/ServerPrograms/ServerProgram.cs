using System.Diagnostics;
using Tumbler.Cli.Calls;

namespace Tumbler.Cli.ServerPrograms;

/// <summary>The program that serves. What needs its database, its files or its rules for settings is its own to do (decision 24).</summary>
/// <param name="Words">What is started, and the arguments before those of the command.</param>
internal sealed record ServerProgram(IReadOnlyList<string> Words)
{
    /// <summary>Names the program's file, or the folder that it lies in.</summary>
    public const string Variable = "TUMBLER_SERVER";

    private const string Name = "Tumbler.Silo";

    /// <param name="ownFolder">Where this program lies.</param>
    public static Outcome<ServerProgram> Find(CliCall call, string ownFolder)
    {
        var place = call.Variable(Variable) is { } given ? call.PathOf(given) : Path.Combine(ownFolder, "server");
        if (InFolder(place) is { } found)
            return found;
        if (File.Exists(place))
            return Of(place);
        return call.Variable(Variable) is null
            ? new Failure(
                ExitCode.NoInput, $"The server program, which does this, is not beside this one (in {place}).",
                $"Set {Variable} to the folder with {Name}, or run this where the server is installed.")
            : new Failure(ExitCode.NoInput, $"{Variable} is {place}, and there is no {Name} there.", $"Set it to the folder with {Name}, or to {Name}.dll.");
    }

    public ProcessStartInfo Start(CliCall call, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Words[0], [.. Words.Skip(1), .. arguments]) { WorkingDirectory = call.Directory, UseShellExecute = false };
        start.Environment.Clear();
        foreach (var (name, value) in call.Environment)
            start.Environment[name] = value;
        return start;
    }

    private static ServerProgram? InFolder(string folder)
    {
        var program = Path.Combine(folder, OperatingSystem.IsWindows() ? $"{Name}.exe" : Name);
        var assembly = Path.Combine(folder, $"{Name}.dll");

        // Published for one platform it has no assembly to run by the framework's host; else the host that runs this one is the right one.
        return File.Exists(assembly) && File.Exists(Path.Combine(folder, $"{Name}.runtimeconfig.json")) && !IsSelfContained(folder) ? Of(assembly)
            : File.Exists(program) ? Of(program)
            : null;
    }

    private static bool IsSelfContained(string folder) =>
        File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "coreclr.dll" : "libcoreclr.so"));

    private static ServerProgram Of(string file) =>
        file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? new([Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", file]) : new([file]);
}
