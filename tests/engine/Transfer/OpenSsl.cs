using System.Diagnostics;

namespace Tumbler.Engine.Tests.Transfer;

/// <summary>The real program, in a directory of its own that has the password in the file <c>pw</c>.</summary>
internal sealed class OpenSsl : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("tumbler-transfer-").FullName;

    public OpenSsl(string password) => File.WriteAllText(PathOf("pw"), password);

    public string PathOf(string file) => Path.Combine(directory, file);

    /// <summary>Runs a line of shell, which must succeed.</summary>
    /// <returns>What it said, on both outputs.</returns>
    public async Task<string> Run(string line)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-ec", $"set -o pipefail; {{ {line}; }} 2>&1"])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
        })!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, $"{line}\n{output}");
        return output;
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
