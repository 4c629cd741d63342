using Xunit;

namespace Personalization.EndToEnd;

/// <summary>The classes whose tests share one program, and so run one after another.</summary>
[CollectionDefinition]
public sealed class SharedProgramCollection : ICollectionFixture<SharedProgram>;
