namespace Personalization.Taste.Model;

/// <summary>What is learnt from the votes of all people: the feature space, and the prior over each person's weights in it. Immutable.</summary>
public sealed class Community
{
    public Community(FeatureSpace space, CommunityPrior prior)
    {
        Space = space;
        Model = new(prior);
    }

    /// <summary>The version of the fit; 0 before the first one.</summary>
    public int Version => Prior.Version;

    /// <summary>How pictures become features.</summary>
    public FeatureSpace Space { get; }

    /// <summary>The prior of each person's taste.</summary>
    public CommunityPrior Prior => Model.Community;

    /// <summary>How a person's votes update that prior.</summary>
    public TasteModel Model { get; }
}
