using Tumbler.Cli.Tests.Operations;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Audit;

/// <summary>A log that does not verify is in <c>Doctor/DatabaseTests</c>, where there is one; an export, in <see cref="ExportLogTests"/>.</summary>
[Collection(OperationsCollection.Name)]
public sealed class VerifyLogTests(OperatedServer server) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_server_recomputes_its_own_log()
    {
        var said = await Script.For(server, folder).Run("audit verify");

        Assert.Equal((0, ""), (said.Code, said.Errors));
        Assert.Matches("^The log verifies: [0-9]+ entries of [0-9]+ chains, [0-9]+ checkpoints\\.\n$", said.Output);
        Assert.True((await Script.For(server, folder).Run("audit verify --json")).Document().GetProperty("valid").GetBoolean());
    }

    [Theory]
    [InlineData("audit verify log")]
    [InlineData("audit verify --certificate log.crt")]
    public async Task A_folder_and_a_certificate_go_together(string words) => (await Script.At(folder).Run(words)).Is(64, "", """
        tumbler: An export's folder and --certificate go together.
        Try: tumbler audit verify --help
        """);

    [Fact]
    public async Task Without_the_server_program_nothing_is_verified_offline()
    {
        var said = await Script.At(folder).With("TUMBLER_SERVER", "nowhere").Run("audit verify . --certificate log.crt");

        Assert.Equal((66, ""), (said.Code, said.Output));
        Assert.Equal(
            $"tumbler: TUMBLER_SERVER is {folder.File("nowhere")}, and there is no Tumbler.Silo there.\nSet it to the folder with Tumbler.Silo, or to Tumbler.Silo.dll.\n", said.Errors);
    }
}
