import { createBrowserRouter, Navigate, type RouteObject } from "react-router";

import { SignedIn } from "@/session/SignedIn";

import { ListLayout } from "./ListLayout";
import { NotFoundScreen, ScreenFailed } from "./ScreenFailed";

/** Every address of the product. Screens load when they are first opened. */
export const routes: RouteObject[] = [
  {
    path: "/sign-in",
    hydrateFallbackElement: <></>,
    lazy: async () => ({ Component: (await import("@/session/SignInScreen")).SignInScreen }),
  },
  {
    // A customer has a link and no account.
    path: "/p/:token",
    hydrateFallbackElement: <></>,
    lazy: async () => ({ Component: (await import("@/proposals/CustomerPage")).CustomerPage }),
  },
  {
    element: <SignedIn />,
    errorElement: <ScreenFailed />,
    hydrateFallbackElement: <></>,
    children: [
      { path: "/", element: <Navigate to="/designs" replace /> },
      {
        element: <ListLayout />,
        children: [
          {
            path: "/designs",
            lazy: async () => ({ Component: (await import("@/designs/DesignsScreen")).DesignsScreen }),
          },
          {
            path: "/templates/:template_key?",
            lazy: async () => ({ Component: (await import("@/templates/TemplatesScreen")).TemplatesScreen }),
          },
          {
            path: "/own-templates",
            lazy: async () => ({
              Component: (await import("@/templates/OwnTemplatesScreen")).OwnTemplatesScreen,
            }),
          },
          {
            path: "/component-types/:type_key?",
            lazy: async () => ({
              Component: (await import("@/component-types/ComponentTypesScreen")).ComponentTypesScreen,
            }),
          },
          {
            path: "/prices/:book_key?",
            lazy: async () => ({ Component: (await import("@/prices/PricesScreen")).PricesScreen }),
          },
          {
            path: "/price-imports",
            lazy: async () => ({ Component: (await import("@/prices/ImportScreen")).ImportScreen }),
          },
          {
            path: "/approvals",
            lazy: async () => ({ Component: (await import("@/approvals/ApprovalsScreen")).ApprovalsScreen }),
          },
          {
            path: "/approvals/:plan_id",
            lazy: async () => ({ Component: (await import("@/approvals/ApprovalScreen")).ApprovalScreen }),
          },
          {
            path: "/proposals",
            lazy: async () => ({ Component: (await import("@/proposals/ProposalsScreen")).ProposalsScreen }),
          },
          {
            path: "/proposals/seller",
            lazy: async () => ({ Component: (await import("@/proposals/SellerScreen")).SellerScreen }),
          },
          { path: "/clouds", lazy: async () => ({ Component: (await import("@/clouds/CloudsScreen")).CloudsScreen }) },
        ],
      },
      {
        path: "/designs/:design_id",
        lazy: async () => ({ Component: (await import("./DesignLayout")).DesignLayout }),
        children: [
          { index: true, element: <Navigate to="draw" replace /> },
          { path: "draw", lazy: async () => ({ Component: (await import("@/canvas/DrawScreen")).DrawScreen }) },
          {
            path: "estimate",
            lazy: async () => ({ Component: (await import("@/estimate/EstimateLayout")).EstimateLayout }),
            children: [
              {
                index: true,
                lazy: async () => ({ Component: (await import("@/estimate/EstimateScreen")).EstimateScreen }),
              },
              {
                path: "books",
                lazy: async () => ({ Component: (await import("@/comparison/BooksScreen")).BooksScreen }),
              },
              {
                path: "variants",
                lazy: async () => ({ Component: (await import("@/comparison/VariantsScreen")).VariantsScreen }),
              },
              {
                path: "changes",
                lazy: async () => ({ Component: (await import("@/comparison/ChangesScreen")).ChangesScreen }),
              },
              {
                path: "savings",
                lazy: async () => ({ Component: (await import("@/comparison/SavingsScreen")).SavingsScreen }),
              },
            ],
          },
          {
            path: "findings",
            lazy: async () => ({ Component: (await import("@/findings/FindingsScreen")).FindingsScreen }),
          },
          {
            path: "diagram",
            lazy: async () => ({ Component: (await import("@/diagram/DiagramScreen")).DiagramScreen }),
          },
          {
            path: "proposal/:proposal_id?",
            lazy: async () => ({ Component: (await import("@/proposals/ProposalScreen")).ProposalScreen }),
          },
          {
            path: "proposal/:proposal_id/accepted",
            lazy: async () => ({ Component: (await import("@/proposals/AcceptedScreen")).AcceptedScreen }),
          },
          { path: "deploy", lazy: async () => ({ Component: (await import("@/deploy/DeployScreen")).DeployScreen }) },
          {
            path: "deploy/new",
            lazy: async () => ({ Component: (await import("@/deploy/NewPlanScreen")).NewPlanScreen }),
          },
          {
            path: "deploy/running",
            lazy: async () => ({ Component: (await import("@/running/RunningScreen")).RunningScreen }),
          },
          {
            path: "deploy/history",
            lazy: async () => ({ Component: (await import("@/deploy/DeployHistoryScreen")).DeployHistoryScreen }),
          },
          {
            path: "deploy/plans/:plan_id",
            lazy: async () => ({ Component: (await import("@/deploy/PlanScreen")).PlanScreen }),
          },
          {
            path: "deploy/deployments/:deployment_id",
            lazy: async () => ({ Component: (await import("@/deploy/DeploymentScreen")).DeploymentScreen }),
          },
        ],
      },
      { path: "*", element: <NotFoundScreen /> },
    ],
  },
];

export const createRouter = () => createBrowserRouter(routes);
