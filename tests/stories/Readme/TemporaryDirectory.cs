namespace Tumbler.Stories.Tests.Readme;

internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("tumbler-readme-");

    public string Path => directory.FullName;

    public void Dispose() => directory.Delete(recursive: true);
}
