namespace Personalization.Taste.Model;

/// <summary>Everybody's votes as a starting point: the features that taste is about, and the prior over their weights. Immutable.</summary>
public sealed class Community
{
    public Community(FeatureSpace space, CommunityPrior prior)
    {
        Space = space;
        Model = new(prior);
    }

    /// <summary>The version of the fit; 0 before the first one.</summary>
    public int Version => Prior.Version;

    /// <summary>What taste is about.</summary>
    public FeatureSpace Space { get; }

    /// <summary>What a person's taste starts from.</summary>
    public CommunityPrior Prior => Model.Community;

    /// <summary>How votes become a taste from there.</summary>
    public TasteModel Model { get; }
}
