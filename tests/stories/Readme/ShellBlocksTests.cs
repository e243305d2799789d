namespace Tumbler.Stories.Tests.Readme;

public sealed class ShellBlocksTests
{
    private const string Page =
        """
        Start it:

        ```console
        ./run
        ```

        ```sh
        echo one
        false
        ```

        And then:

        ```sh
        echo "three"
        ```

        ```
        not this
        ```
        """;

    [Fact]
    public void Only_blocks_marked_sh_are_taken_as_they_stand()
    {
        Assert.Equal(["echo one\nfalse", "echo \"three\""], ShellBlocks.Of(Page));
    }

    [Fact]
    public void A_section_ends_where_the_next_begins()
    {
        Assert.Equal(["two"], ShellBlocks.Of($"## A\n```sh\none\n```\n## B\n```sh\ntwo\n```\n## C\n```sh\nthree\n```", "B"));
    }

    [Fact]
    public async Task One_shell_runs_them_all_and_a_failed_command_anywhere_in_a_block_shows()
    {
        using var directory = new TemporaryDirectory();
        var pasted = await Shell.Paste(directory.Path, ["x=5; false\necho one", "echo $x", "(exit 3)\ntrue"]);

        Assert.Equal([new Pasted(1, "one\n"), new Pasted(0, "5\n"), new Pasted(3, "")], pasted);
    }
}
