using Orleans.Serialization.Cloning;

namespace Tumbler.Grains.Wire;

/// <summary>Requests and answers never change once they are made, so caller and owner in one process share them.</summary>
internal sealed class SharedCopier : IGeneralizedCopier
{
    public bool IsSupportedType(Type type) => ContractSerialization.Travels(type);

    public object? DeepCopy(object? input, CopyContext context) => input;
}
