using System.Diagnostics;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Tests;

public sealed class ProgramTests
{
    [Fact]
    public async Task A_start_with_wrong_settings_ends_with_a_list_and_its_own_exit_code()
    {
        var silo = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Tumbler.Silo.dll"), "--Engine:Kind", "cluster", "--Engine:Knid", "single"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        silo.Environment["DOTNET_ENVIRONMENT"] = "Development";

        using var process = Process.Start(silo)!;
        var stop = TestContext.Current.CancellationToken;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        await process.WaitForExitAsync(stop);

        Assert.Equal(
            """
            Tumbler can't start: 2 settings are wrong.
              Engine:Kind: this build has no cluster engine; use single
              Engine:Knid: unknown setting; did you mean Engine:Kind?

            """, await errors);
        Assert.Equal("", await output);
        Assert.Equal(StartUp.ConfigurationError, process.ExitCode);
    }
}
